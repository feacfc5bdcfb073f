"""Read tables: merged cells, header rows, and tables within cells."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from authoring.articles.readers.holder import Holder, Inner, blocks_in
from authoring.articles.rules.document import ArticleTable

_MOST_CELLS = 20_000
_FIGURE = re.compile(r"\d")
REPEATED = (
    "Cells of a table that spanned rows or columns are repeated. Check the table."
)
HEADS_JOINED = "A table had several header rows. They are now one row."
TOO_WIDE = "A table had too many merged cells. They are no longer merged."
INSIDE = "A table inside another table is now one line. Check it: “{}”"
HEADS_GUESSED = (
    "A table had no header row, so its first row became the header. Check it: “{}”"
)
HEADLESS = "A table has no headings. Add a heading to each column: “{}”"
_MOST_QUOTED = 80


class TableHolder(Holder):
    """A table: its rows, and anything in it that is outside a row."""

    def parts_when_closed(self) -> list[Any]:
        rows = [part for part in self.parts if isinstance(part, TableRow)]
        rest = [part for part in self.parts if not isinstance(part, TableRow)]
        grid = self._grid(rows)
        self.notes += dict.fromkeys(_tables_inside(rows))
        heads = self._number_of_heads(rows)
        if heads > 1:
            self.notes.append(HEADS_JOINED)
            grid = [_one_head(grid[:heads]), *grid[heads:]]
        if not any(map(any, grid)):
            return rest
        if len(grid) > 1 and not rows[0].names_columns:
            grid = self._headed(grid)
        return [*rest, ArticleTable(tuple(tuple(row) for row in grid))]

    def _headed(self, grid: list[list[str]]) -> list[list[str]]:
        """Return the rows with headings: the first row, or blank ones if it has figures.

        Word does not mark headings, and a first row with a dose is not a header row.
        """
        first = " | ".join(grid[0])[:_MOST_QUOTED]
        if any(_FIGURE.search(cell) for cell in grid[0][1:]):
            self.notes.append(HEADLESS.format(first))
            return [[""] * len(grid[0]), *grid]
        self.notes.append(HEADS_GUESSED.format(first))
        return grid

    def _number_of_heads(self, rows: list["TableRow"]) -> int:
        """Return the number of header rows at the top; 1 at most if no other rows follow."""
        number = 0
        while number < len(rows) and rows[number].is_head:
            number += 1
        return number if number < len(rows) else min(number, 1)

    def _grid(self, rows: list["TableRow"]) -> list[list[str]]:
        """Return the text at each row and column; a merged cell is repeated."""
        spans = [
            (_span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows)))
            for row in rows
            for cell in row.cells
        ]
        has_spans = any(wide * high > 1 for wide, high in spans)
        is_small = sum(wide * high for wide, high in spans) <= _MOST_CELLS
        if has_spans:
            self.notes.append(REPEATED if is_small else TOO_WIDE)
        places = _placed(rows) if has_spans and is_small else _as_they_are(rows)
        width = max((max(row, default=-1) + 1 for row in places), default=0)
        return [[row.get(column, "") for column in range(width)] for row in places]


def _tables_inside(rows: list["TableRow"]) -> Iterator[str]:
    for cell in (cell for row in rows for cell in row.cells):
        if any(isinstance(block, ArticleTable) for block in blocks_in(cell.parts)):
            yield INSIDE.format(cell.cell[:_MOST_QUOTED])


def _placed(rows: list["TableRow"]) -> list[dict[int, str]]:
    """Return column → text for each row; no cell extends beyond its row group."""
    places: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        group = takewhile(lambda other: other.group is row.group, rows[number:])  # noqa: B023
        last = number + sum(1 for _row in group)
        for cell in row.cells:
            while column in places[number]:
                column += 1
            wide, text = _span(cell, "colspan"), cell.cell
            for below in places[number : min(number + _span(cell, "rowspan"), last)]:
                below.update(dict.fromkeys(range(column, column + wide), text))
            column += wide
    return places


def _as_they_are(rows: list["TableRow"]) -> list[dict[int, str]]:
    return [dict(enumerate(cell.cell for cell in row.cells)) for row in rows]


def _one_head(heads: list[list[str]]) -> list[str]:
    """Return one heading for each column, such as “Most in a day: Adult”."""
    columns = zip(*heads, strict=True)
    return [": ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _span(cell: Inner, name: str) -> int:
    """Return how many rows or columns a cell spans; HTML allows up to 1,000 columns.

    A `rowspan` of 0 extends to the last row.
    """
    value = (cell.attributes.get(name) or "1")[:5]
    number = int(value) if value.isascii() and value.isdigit() else 1
    if name == "rowspan" and number == 0:
        return _MOST_CELLS
    return min(max(number, 1), 1000)


class RowGroup(Holder):
    """A `thead`, `tbody` or `tfoot`. A cell does not span rows beyond it."""

    def parts_when_closed(self) -> list[Any]:
        for part in self.parts:
            if isinstance(part, TableRow):
                part.group = self
        return self.parts


class TableRow(Holder):
    """A row of a table with its cells."""

    group: RowGroup | None = None

    def parts_when_closed(self) -> list[Any]:
        return [self]

    @property
    def cells(self) -> list[Inner]:
        return [part for part in self.parts if isinstance(part, Inner)]

    @property
    def is_head(self) -> bool:
        return bool(self.cells) and all(cell.tag == "th" for cell in self.cells)

    @property
    def names_columns(self) -> bool:
        """Whether the row has a heading, not counting the first cell: it may name the row."""
        return self.is_head or any(cell.tag == "th" for cell in self.cells[1:])
