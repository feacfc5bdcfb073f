"""Headings of a text that can be linked to."""

import html
import re
from dataclasses import dataclass

HEADING = re.compile(r"<h2(?: [^>]*)?>(.*?)</h2>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class TextHeading:
    """A heading in words, and the fragment that leads to it."""

    title: str
    anchor: str


@dataclass(frozen=True)
class HeadedText:
    """HTML whose second-level headings can be linked to, and these headings in order."""

    html: str
    headings: tuple[TextHeading, ...]


def link_headings(text: str) -> HeadedText:
    """Return the HTML with an id on each `h2`, made of its words and unique in the text."""
    headings: list[TextHeading] = []

    def with_id(found: re.Match[str]) -> str:
        title = html.unescape(TAG.sub("", found[1])).strip()
        heading = TextHeading(title, _anchor(title, {one.anchor for one in headings}))
        headings.append(heading)
        return f'<h2 id="{heading.anchor}">{found[1]}</h2>'

    return HeadedText(HEADING.sub(with_id, text), tuple(headings))


def _anchor(title: str, taken: set[str]) -> str:
    words = re.sub(r"\W+", "-", title.lower()).strip("-") or "part"
    anchor, number = words, 1
    while anchor in taken or anchor == "main":
        number += 1
        anchor = f"{words}-{number}"
    return anchor
