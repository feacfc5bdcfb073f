"""Addresses name their language: `/es/progress/` is `/progress/` in Spanish.

The site's own language has no prefix, so its addresses are those without one.
"""

from django.conf import settings
from django.utils.http import escape_leading_slashes


def language_of(path: str) -> str:
    """Return the code of the language that the path names, or the site's own."""
    first = path.lstrip("/").partition("/")[0] if path[:1] == "/" else ""
    return first if first in _prefixed() else settings.LANGUAGE_CODE


def path_in(path: str, language: str) -> str:
    """Return where the same page is in this language. A query may follow the path."""
    prefix = f"/{language}" if language in _prefixed() else ""
    return escape_leading_slashes(prefix + bare_path(path))


def bare_path(path: str) -> str:
    """Return the path in the site's own language, by which a page is known."""
    language = language_of(path)
    if language == settings.LANGUAGE_CODE:
        return path
    return path.removeprefix(f"/{language}") or "/"


def _prefixed():
    return {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
