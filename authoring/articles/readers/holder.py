"""The base class for open tags of a page, which collect content and become blocks."""

from collections.abc import Iterable
from html import escape
from typing import Any

from authoring.articles.rules.document import (
    ArticleHeading,
    ArticleTable,
    Aside,
    Block,
    FaqPair,
    Paragraph,
    Words,
)

Attributes = dict[str, str | None]


class Holder:
    """An open tag that collects parts until it is closed.

    `around` is the number of lists that it is nested in. `opens` says that it, or a tag
    in it, opens the text below it.
    """

    around = 0
    opens = False

    def __init__(self, tag: str = "", attributes: Attributes | None = None):
        self.tag, self.attributes = tag, attributes or {}
        self.parts: list[Any] = []
        self.notes: list[str] = []

    def add(self, part: Any) -> None:
        self.parts.append(part)

    def parts_when_closed(self) -> list[Any]:
        return self.parts

    @property
    def text(self) -> str:
        return " ".join(line for block in blocks_in(self.parts) for line in block.lines)


def blocks_in(parts: Iterable[Any]) -> list[Block]:
    """Return the parts as blocks. Headings and questions become paragraphs."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, ArticleHeading):
            found.append(plain_text_paragraph(part.text))
        elif isinstance(part, FaqPair):
            found += [plain_text_paragraph(part.question), *part.answer]
        elif isinstance(part, Aside):
            found += part.blocks
        elif not isinstance(part, Holder):
            found.append(part)
    return found


def plain_text_paragraph(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(Words(text, escape(text, quote=False)))


class Inner(Holder):
    """A list item, a table cell, or one half of a question and answer."""

    def parts_when_closed(self) -> list[Any]:
        return [self]

    @property
    def cell(self) -> str:
        """The text on one line, with lines, items and rows separated by semicolons."""
        lines = [line for block in blocks_in(self.parts) for line in _lines_of(block)]
        return _on_one_line(lines)


def _lines_of(block: Block) -> Iterable[str]:
    if isinstance(block, ArticleTable):
        return (" | ".join(row) for row in block.rows)
    return block.lines


def _on_one_line(lines: Iterable[str]) -> str:
    """Return the lines joined with “; ”, so 4 g above 2 g does not become 4 g 2 g."""
    joined = ""
    for line in lines:
        between = " " if joined.endswith((".", ",", ";", ":", "!", "?")) else "; "
        joined += f"{between}{line}" if joined else line
    return joined
