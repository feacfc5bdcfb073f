"""Template tags for the languages of a page: its interface's, and its content's."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language

from languages.addresses import path_in
from languages.content import (
    content_language,
    direction_of,
    has_several_languages,
    mark_content,
    other_content_language,
    shown_language,
    title_of,
)
from languages.translations import paths_by_language

register = template.Library()


@register.simple_tag(takes_context=True)
def page_languages(context):
    """Return each language that the page can be read in, with its address.

    Empty without a request, as on pages that say that the site does not work, and if
    the site has one language only. A page that was not asked for at its own address
    stands at `request.page_address`.
    """
    request = context.get("request")
    if request is None or len(settings.LANGUAGES) == 1:
        return []
    address = getattr(request, "page_address", None) or request.get_full_path()
    path, mark, query = address.partition("?")
    translated = paths_by_language(request, path)
    found = {
        code: translated.get(code) or path_in(path, code)
        for code, _name in settings.LANGUAGES
    }
    return [
        {
            "code": code,
            "name": name,
            "address": f"{found[code]}{mark}{query}",
            "whole": request.build_absolute_uri(found[code]),
            "is_here": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def language_is_unchecked():
    """Return whether nobody who speaks it from birth has checked this translation."""
    language = get_language()
    is_translated = language != settings.LANGUAGE_CODE
    return is_translated and not settings.TRANSLATIONS_CHECKED_BY.get(language)


register.simple_tag(other_content_language, name="other_content_language")
register.simple_tag(content_language, name="content_language_code")
register.filter("as_content", mark_content)


@register.filter
def page_title(page):
    """Return the title of a page, marked with its language where that is another one.

    Lists and links of pages use this: a page that is not translated keeps its title.
    """
    return mark_content(title_of(page))


@register.simple_tag
def content_language_attributes():
    """Return `lang` and `dir` for an element that holds content only.

    They are empty if the page around it is in the same language.
    """
    language = other_content_language()
    return _attributes(language) if language else ""


@register.simple_tag
def content_direction_attribute():
    """Return `dir` for an element that holds content and words of the interface.

    It is laid out as the content is, in whose language most of it is.
    """
    language = other_content_language()
    return format_html(' dir="{}"', direction_of(language)) if language else ""


@register.simple_tag
def interface_language_attributes():
    """Return `lang` and `dir` for words of the interface within content."""
    return _attributes(get_language()) if other_content_language() else ""


class LanguageOfPageNode(template.Node):
    """Content of another page than the one shown, which may be in another language."""

    def __init__(self, page, nodes):
        self.page, self.nodelist = page, nodes

    def render(self, context):
        if not has_several_languages():
            return self.nodelist.render(context)
        outer = shown_language.set(self.page.resolve(context).locale.language_code)
        try:
            return self.nodelist.render(context)
        finally:
            shown_language.reset(outer)


@register.tag
def in_language_of(parser, token):
    """Mark what it encloses as content in the page's language, where it differs."""
    _name, page = token.split_contents()
    nodes = parser.parse(["endin_language_of"])
    parser.delete_first_token()
    return LanguageOfPageNode(parser.compile_filter(page), nodes)


def _attributes(language):
    return format_html(' lang="{}" dir="{}"', language, direction_of(language))
