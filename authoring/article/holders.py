"""Parts of a page while they are read: lists, tables, pairs, and what they become."""

import re
from collections.abc import Iterable
from html import escape

from authoring.article.document import (
    Aside,
    Block,
    Element,
    Heading,
    Item,
    ListBlock,
    Pair,
    Paragraph,
    Picture,
    Table,
    Words,
)
from course.rich_text import DEEPEST

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ASIDES = {"nav", "footer", "aside"}
_TASK = re.compile(r"\[([ xX])\] +")
_MOST_CELLS = 20_000
REPEATED = (
    "Cells of a table that spanned rows or columns are repeated: look at the table."
)
HEADS_JOINED = "A table had several rows of headings: they are joined into one."
TOO_WIDE = "A table spanned more cells than can be shown: its spans were left out."


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


class _HeadingHolder(Holder):
    def parts_when_closed(self):
        pictures = [part for part in self.parts if isinstance(part, Picture)]
        words = [part for part in blocks_in(self.parts) if isinstance(part, Paragraph)]
        text = " ".join(line for part in words for line in part.lines)
        return [*pictures, *([Heading(HEADINGS[self.tag], text)] if text else [])]


class _AsideHolder(Holder):
    def parts_when_closed(self):
        blocks = tuple(blocks_in(self.parts))
        return [Aside(blocks)] if blocks else []


class _Inner(Holder):
    """One item of a list, a cell of a table, or one half of a pair."""

    def parts_when_closed(self):
        return [self]

    @property
    def cell(self) -> str:
        """What it says on one line, points of a list parted by semicolons."""
        said = ""
        for block in blocks_in(self.parts):
            between = "; " if isinstance(block, ListBlock) else " "
            words = between.join(block.lines)
            said += f" {words}" if said else words
        return said


class _ListHolder(Holder):
    """A list. What no item can hold stands between its items, which go on after it.

    `around` is the number of lists that are open around this one.
    """

    around = 0

    def parts_when_closed(self):
        self.made: list[Block] = []
        self.items: list[Item] = []
        for part in self.parts:
            self._take(blocks_in(part.parts if isinstance(part, _Inner) else [part]))
        self._break()
        start = self.attributes.get("start") or "1"
        if self.tag == "ol" and start != "1":
            self.notes.append(
                f"A list began with number {start}; it begins with 1 now."
            )
        return self.made

    def _take(self, inner: Iterable[Block]):
        own: list[Words] = []
        has_item = False
        for block in inner:
            if isinstance(block, Paragraph):
                own.append(block.words)
            elif isinstance(block, Picture):
                own += [plain(block.alt).words] if block.alt else []
            else:
                has_item = self._add_item(own) or has_item
                own = []
                self._add_block(block)
        if self._add_item(own) and has_item:
            self.notes.append(
                "A text below an inner list is a point of its own now: "
                f"“{own[0].text[:80]}”"
            )

    def _add_item(self, own: list[Words]) -> bool:
        if own:
            words = _ticked(_joined(own))
            depth = min(self.around, DEEPEST)
            self.items.append(Item(words.text, words.html, depth, self.tag == "ol"))
        return bool(own)

    def _add_block(self, block):
        if isinstance(block, ListBlock):
            self.items += block.items
            return
        if self.items and self.tag == "ol":
            self.notes.append("A list goes on after a table, with number 1 again.")
        self._break()
        self.made.append(block)

    def _break(self):
        if self.items:
            self.made.append(ListBlock(tuple(self.items), self.tag == "ol"))
        self.items = []


def _joined(words: list[Words]) -> Words:
    return Words(
        "\n".join(part.text for part in words), "\n".join(part.html for part in words)
    )


def _ticked(words: Words) -> Words:
    """Return the item of a list of tasks with a box for its brackets."""
    found = _TASK.match(words.text)
    if not found or not words.html.startswith(found[0]):
        return words
    box = "☐ " if found[1] == " " else "☑ "
    return Words(box + words.text[found.end() :], box + words.html[found.end() :])


class _TableHolder(Holder):
    def parts_when_closed(self):
        rows = [part for part in self.parts if isinstance(part, _Row)]
        rest = [part for part in self.parts if not isinstance(part, _Row)]
        grid = self._grid([row.cells for row in rows])
        heads = self._number_of_heads(rows)
        if heads > 1:
            self.notes.append(HEADS_JOINED)
            grid = [_one_head(grid[:heads]), *grid[heads:]]
        table = Table(tuple(tuple(row) for row in grid))
        return [*rest, *([table] if any(map(any, grid)) else [])]

    def _number_of_heads(self, rows) -> int:
        """Return how many rows at the top hold only headings, if others follow."""
        number = 0
        while number < len(rows) and rows[number].is_head:
            number += 1
        return number if number < len(rows) else min(number, 1)

    def _grid(self, rows: list[list["_Inner"]]) -> list[list[str]]:
        """Return the text of each place; a cell that spans is in all of its places."""
        spans = any(
            _span(c, "colspan") * _span(c, "rowspan") > 1 for r in rows for c in r
        )
        cells = sum(
            _span(c, "colspan") * min(_span(c, "rowspan"), len(rows))
            for r in rows
            for c in r
        )
        if spans:
            self.notes.append(REPEATED if cells <= _MOST_CELLS else TOO_WIDE)
        places = _placed(rows) if spans and cells <= _MOST_CELLS else _as_they_are(rows)
        width = max((max(row, default=-1) + 1 for row in places), default=0)
        return [[row.get(column, "") for column in range(width)] for row in places]


def _placed(rows) -> list[dict[int, str]]:
    places: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in places[number]:
                column += 1
            wide, text = _span(cell, "colspan"), cell.cell
            for below in places[number : number + _span(cell, "rowspan")]:
                below.update(dict.fromkeys(range(column, column + wide), text))
            column += wide
    return places


def _as_they_are(rows) -> list[dict[int, str]]:
    return [dict(enumerate(cell.cell for cell in row)) for row in rows]


def _one_head(heads: list[list[str]]) -> list[str]:
    """Return one heading a column: “Most in a day: Adult”."""
    columns = zip(*heads, strict=True)
    return [": ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _span(cell: "_Inner", name: str) -> int:
    """Return over how many places a cell goes; HTML allows up to 1,000 columns."""
    value = (cell.attributes.get(name) or "1")[:5]
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() else 1


class _Row(Holder):
    def parts_when_closed(self):
        return [self]

    @property
    def cells(self) -> list[_Inner]:
        return [part for part in self.parts if isinstance(part, _Inner)]

    @property
    def is_head(self) -> bool:
        return bool(self.cells) and all(cell.tag == "th" for cell in self.cells)


class _PairsHolder(Holder):
    """A `dl`: each term with what is said of it."""

    def parts_when_closed(self):
        made: list[Element] = []
        for part in self.parts:
            is_term = isinstance(part, _Inner) and part.tag == "dt"
            if is_term and part.text:
                made.append(Pair(part.text, ()))
            elif made and isinstance(made[-1], Pair):
                inner = blocks_in(part.parts if isinstance(part, _Inner) else [part])
                made[-1] = Pair(made[-1].question, (*made[-1].answer, *inner))
            else:
                made += part.parts if isinstance(part, _Inner) else [part]
        return made


class _DetailsHolder(Holder):
    def parts_when_closed(self):
        items = [p for p in self.parts if isinstance(p, _Inner) and p.text]
        rest = tuple(blocks_in(self.parts))
        return [Pair(items[0].text, rest)] if items else list(rest)


# Where half of something stands alone, only what is in it counts.
PARENTS = {
    _Row: (_TableHolder,),
    _Inner: (_ListHolder, _Row, _PairsHolder, _DetailsHolder),
}
HOLDERS: dict[str, type[Holder]] = {
    **dict.fromkeys(HEADINGS, _HeadingHolder),
    **dict.fromkeys(ASIDES, _AsideHolder),
    **dict.fromkeys(("ul", "ol"), _ListHolder),
    **dict.fromkeys(("li", "td", "th", "dt", "dd", "summary"), _Inner),
    "table": _TableHolder,
    "tr": _Row,
    "dl": _PairsHolder,
    "details": _DetailsHolder,
}
