"""Split HTML into tags and text in linear time.

Files come from anybody. Python's own parser searches to the end of the file again for
each unclosed comment, and trees of tags are slow when they are deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"</?([A-Za-z][^\s/>]{0,30})")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_WHOLE_TAG = re.compile(r"<(?>[^>\"']+|\"[^\"]*\"|'[^']*')*+>")
_ATTRIBUTES_READ = 2_000
_BARE = {"allowfullscreen", "autoplay", "checked", "compact", "controls", "disabled"}
_BARE |= {"hidden", "loop", "multiple", "muted", "nowrap", "open", "reversed"}
_BARE |= {"selected", "/"}
_RAW = ("script", "style", "template", "title", "noscript", "svg")


@dataclass(frozen=True)
class Tag:
    """A tag. `source` is how it was written, `attributes` holds those with a value."""

    name: str
    is_end: bool
    attributes: dict[str, str]
    source: str


def html_tokens(html: str) -> Iterator[Tag | str]:
    """Yield tags and runs of text with entities resolved.

    Comments and the contents of scripts and styles are left out.
    """
    return _Cutter(html).tokens()


class _Cutter:
    def __init__(self, html):
        self.html = html
        self.never: set[str] = set()
        self.are_quotes_sound = True

    def tokens(self):
        here = 0
        while (start := self.find("<", here)) >= 0:
            if start > here:
                yield resolve_entities(self.html[here:start])
            here, token = self.token(start)
            yield token
        yield resolve_entities(self.html[here:])

    def find(self, sign, start):
        """Return the next position of the sign, or -1. Failed searches are not"""
        if sign in self.never:
            return -1
        place = self.html.find(sign, start)
        if place < 0:
            self.never.add(sign)
        return place

    def token(self, start):
        """Return the end of the token that starts at “<”, and the token."""
        if self.html.startswith("<!--", start):
            end = self.find("-->", start + 4)
            return (end + 3, "") if end >= 0 else (start + 4, "")
        if self.html.startswith(("<!", "<?"), start):
            end = self.find(">", start)
            return (end + 1, "") if end >= 0 else (start + 1, "<")
        named = _NAME.match(self.html, start)
        end = self.end_of_tag(start) if named else -1
        if end < 0:
            return start + 1, "<"
        tag = _tag(named[1].lower(), self.html[start:end])
        return self.past_raw(tag, end), tag

    def end_of_tag(self, start):
        """Return the position after the next “>” outside quotes, or -1."""
        if self.are_quotes_sound:
            whole = _WHOLE_TAG.match(self.html, start)
            if whole:
                return whole.end()
            # A quote is never closed: from here on, ignore quotes.
            self.are_quotes_sound = False
        return self.find(">", start) + 1 or -1

    def past_raw(self, tag, end):
        if tag.is_end or tag.name not in _RAW:
            return end
        close = re.compile(f"</{tag.name}", re.IGNORECASE).search(self.html, end)
        return close.start() if close else len(self.html)


def _tag(name, source):
    inner = source[len(name) + 1 : -1][:_ATTRIBUTES_READ]
    found = {
        m[1].lower(): resolve_entities(m[2].strip("\"'"))
        for m in _ATTRIBUTE.finditer(inner)
    }
    return Tag(name, source.startswith("</"), found, source)


def is_likely(tag: Tag) -> bool:
    """Return whether it is a tag, not words in angle brackets as in “a<b and c>d”."""
    words = tag.source[len(tag.name) + 1 : -1][:_ATTRIBUTES_READ]
    return tag.is_end or "=" in words or _BARE.issuperset(words.lower().split())


def resolve_entities(source: str) -> str:
    """Return the text with its entities resolved where possible."""
    try:
        return unescape(source)
    except ValueError:  # The number has more digits than Python can read.
        return source
