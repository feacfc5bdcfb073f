"""Pages of the tree in several languages: where each is, and what is shown of it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override
from wagtail.models import Page

from languages.addresses import language_of, path_in
from languages.content import has_several_languages


class AddressedInLanguage:
    """A page that stays in the reader's language where it is not translated into it.

    Wagtail would lead to the language of the page, and out of the reader's.
    """

    def get_url_parts(self, request=None):
        """Return the parts of the address as Wagtail does, in the reader's language."""
        parts = super().get_url_parts(request)
        if not (parts and parts[2] and has_several_languages()):
            return parts
        site, root, path = parts
        is_own = language_of(path) == settings.LANGUAGE_CODE
        return site, root, path_in(path, get_language()) if is_own else path


def translation_for(page: Page, language: str) -> Page | None:
    """Return the live page in this language if it is another one, or None. One query."""
    if page.locale.language_code == language:
        return None
    pages = page.get_translations().live()
    return pages.filter(locale__language_code=language).first()


def paths_by_language(request: HttpRequest, path: str) -> dict[str, str]:
    """Return code → where the page of the tree that is shown at the path is in it.

    Where it is not translated, its first language stands. One query; nothing on a site
    with one language, and for what is no page.
    """
    route = getattr(request, "_wagtail_route_for_request", None)
    if not (route and has_several_languages()):
        return {}
    own = route.page.get_url(request)
    if not own or not path.startswith(own):
        return {}
    pages = _live_by_language(route.page)
    return {
        code: _address_of(pages, code, request) + path.removeprefix(own)
        for code, _name in settings.LANGUAGES
    }


def _live_by_language(page):
    """Return code → live page, the first language first."""
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {each.locale.language_code: each for each in pages.order_by("pk")} or {
        page.locale.language_code: page
    }


def _address_of(pages, code, request):
    page = pages.get(code) or next(iter(pages.values()))
    with override(code):
        return path_in(page.get_url(request), code)
