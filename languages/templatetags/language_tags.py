"""Template tags for the languages of a page: its interface's, and its content's."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

from languages.addresses import path_in
from languages.content import content_language

register = template.Library()


@register.simple_tag(takes_context=True)
def page_languages(context):
    """Return each language that the page can be read in, with its address.

    Empty without a request, as on pages that say that the site does not work, and if
    the site has one language only.
    """
    request = context.get("request")
    if request is None or len(settings.LANGUAGES) == 1:
        return []
    address = request.get_full_path()
    return [
        {
            "code": code,
            "name": name,
            "address": path_in(address, code),
            "whole": request.build_absolute_uri(path_in(request.path, code)),
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


@register.simple_tag
def other_content_language():
    """Return the code of the content's language, or "" if it is the interface's."""
    language = content_language()
    return "" if language == get_language() else language


@register.simple_tag
def content_language_attributes():
    """Return `lang` and `dir` for an element that holds content only.

    They are empty if the page around it is in the same language.
    """
    language = other_content_language()
    if not language:
        return ""
    return format_html(' lang="{}" dir="{}"', language, _direction(language))


@register.filter
def as_content(words):
    """Return words of the content, marked with their language if it is another one.

    They can stand within a sentence, but not in an attribute.
    """
    language = other_content_language()
    if not language or not words:
        return words
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', language, _direction(language), words
    )


def _direction(language):
    return "rtl" if get_language_info(language)["bidi"] else "ltr"
