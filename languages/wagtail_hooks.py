from django.shortcuts import redirect
from django.utils.http import escape_leading_slashes
from wagtail import hooks

from languages.content import (
    has_several_languages,
    readers_language,
    shown_language,
)
from languages.translations import translation_for


# Inside Wagtail's own hook, which checks view restrictions, and outside those that
# answer below a page.
@hooks.register("on_serve_page", order=10)
def show_page_in_language(serve):
    """Lead to the page in the reader's language, or say in which it is shown."""

    def serve_in_language(page, request, serve_args, serve_kwargs):
        if has_several_languages():
            found = translation_for(page, readers_language())
            if found and request.method in {"GET", "HEAD"}:
                return redirect(_same_place(request, page, found))
            shown_language.set(page.locale.language_code)
        return serve(page, request, serve_args, serve_kwargs)

    return serve_in_language


def _same_place(request, page, found):
    """Return what is below the page, below its translation."""
    below = request.get_full_path().removeprefix(page.get_url(request))
    return escape_leading_slashes(f"{found.get_url(request)}{below}")
