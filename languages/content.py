"""The language of what is taught, which is not always that of the interface."""

import re
from contextvars import ContextVar

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page

_WHOLE = re.compile(r"\s*<(?:p|ul|ol|h[1-6]|div|table|blockquote|figure|dl)\b")


# That of the page which is shown, where the site has content in several languages.
shown_language: ContextVar[str] = ContextVar("shown_language", default="")


def has_several_languages() -> bool:
    """Return whether what this site teaches is in several languages."""
    return settings.WAGTAIL_I18N_ENABLED


def content_language() -> str:
    """Return the code of the language of what is shown.

    It is that of the page, which may not be translated yet; elsewhere the reader's.
    """
    return shown_language.get() or readers_language()


def readers_language() -> str:
    """Return the code of the language in which somebody would read what is taught.

    It is the active one if courses are written in it, or else the site's own.
    """
    try:
        return get_supported_content_language_variant(get_language())
    except LookupError:
        return settings.LANGUAGE_CODE


def other_content_language() -> str:
    """Return the code of the content's language, or "" if it is the interface's."""
    language = content_language()
    return "" if language == get_language() else language


def direction_of(language: str) -> str:
    """Return how the language is written: `ltr` or `rtl`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


# Id → code of each language of content, read at most once while a request is answered.
_codes: ContextVar[dict[int, str] | None] = ContextVar("codes", default=None)


def start_reading_codes() -> None:
    """Forget the codes of languages, which another request may have read."""
    _codes.set({})


def language_of_page(page: Page) -> str:
    """Return the code of the page's language, without a query for each page."""
    known = _codes.get()
    if known is None or Page.locale.is_cached(page):
        return page.locale.language_code
    if page.locale_id not in known:
        known.update(Locale.objects.values_list("pk", "language_code"))
    return known[page.locale_id]


class WordsIn(str):
    """Words that say in which language they are, such as the title of another page."""

    language: str

    def __new__(cls, words: str, language: str = "") -> "WordsIn":
        made = super().__new__(cls, words)
        made.language = language
        return made


def title_of(page: Page) -> WordsIn:
    """Return the title of the page, which says in which language it is."""
    return WordsIn(
        page.title, language_of_page(page) if has_several_languages() else ""
    )


def mark_content(html: str) -> str:
    """Return the text, escaped unless safe, with its language if that is another one.

    Whole paragraphs get a block around them, words a span.
    """
    language = getattr(html, "language", "") or content_language()
    if language == get_language() or not html:
        return html
    element = "div" if _WHOLE.match(html) else "span"
    return format_html(
        '<{0} lang="{1}" dir="{2}">{3}</{0}>',
        element,
        language,
        direction_of(language),
        html,
    )
