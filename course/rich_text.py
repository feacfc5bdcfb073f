"""Rich text as lines of plain words. Pure.

Whatever shows rich text without markup (checks, lists, exports) asks here, so that
blocks stay apart and 10⁹ stays 10⁹.
"""

import re
from html import unescape

from course.raised import subscript, superscript

_BREAK = re.compile(r"</?(?:p|li|ul|ol|h[1-6])\b[^>]*>|<br\s*/?>|<hr\s*/?>")
_SCRIPT = re.compile(r"<(sup|sub)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SAY = {"sup": superscript, "sub": subscript}


def lines(html: str) -> list[str]:
    """Return the paragraphs and points of a rich text, none of them blank."""
    text = _TAG.sub("", _BREAK.sub("\n", _SCRIPT.sub(_said, html)))
    return [line.strip() for line in unescape(text).splitlines() if line.strip()]


def _said(match: re.Match[str]) -> str:
    inside = unescape(_TAG.sub("", match[2]))
    return _escaped(_SAY[match[1]](inside))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
