"""What every part of a page that is being read can do: gather, and become blocks."""

from html import escape

from authoring.article.document import (
    Aside,
    Block,
    Heading,
    ListBlock,
    Pair,
    Paragraph,
    Table,
    Words,
)


class Holder:
    """Something that gathers parts until its tag is closed."""

    def __init__(self, tag="", attributes=None):
        self.tag, self.parts, self.attributes = tag, [], attributes or {}
        self.notes: list[str] = []

    def add(self, part):
        self.parts.append(part)

    def parts_when_closed(self) -> list:
        return self.parts

    @property
    def text(self) -> str:
        return " ".join(line for block in blocks_in(self.parts) for line in block.lines)


def blocks_in(parts) -> list[Block]:
    """Return the parts as blocks: headings and pairs among them become paragraphs."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Heading):
            found.append(plain(part.text))
        elif isinstance(part, Pair):
            found += [plain(part.question), *part.answer]
        elif isinstance(part, Aside):
            found += part.blocks
        elif not isinstance(part, Holder):
            found.append(part)
    return found


def plain(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(Words(text, escape(text, quote=False)))


class Inner(Holder):
    """One item of a list, a cell of a table, or one half of a pair."""

    def parts_when_closed(self):
        return [self]

    @property
    def cell(self) -> str:
        """What it says on one line, points of a list and rows parted by semicolons."""
        return " ".join(_on_one_line(block) for block in blocks_in(self.parts))


def _on_one_line(block: Block) -> str:
    if isinstance(block, Table):
        return "; ".join(" | ".join(row) for row in block.rows)
    return ("; " if isinstance(block, ListBlock) else " ").join(block.lines)
