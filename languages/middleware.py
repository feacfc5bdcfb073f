"""Speaks the language that an address names, whatever the browser prefers."""

from django.utils import translation

from languages.addresses import language_of
from languages.content import shown_language, start_reading_codes


class LanguageMiddleware:
    """Stands outside of all that may answer, so that every page is in one language.

    Django's own asks the browser, too: then one address would be several pages, and
    a link that somebody passes on would lead to another page than theirs.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request.path_info)
        outer = shown_language.set("")
        start_reading_codes()
        try:
            with translation.override(request.LANGUAGE_CODE):
                response = self.get_response(request)
        finally:
            shown_language.reset(outer)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
