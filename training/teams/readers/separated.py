"""Rows of a CSV file with any usual delimiter. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from training.teams.rules.rosters.columns import (
    LOOKED_AT,
    field_called,
    is_like_address,
)
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

_SIGNS = ",;\t|"
_LONGEST_LOOKED_AT = 5_000
_LINE_END = re.compile(r"[\r\n]+")


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row. Raises UnableToRead.

    A row with stray quotes that are closed on the same line, such as `"Roe, Ann"
    <a@x.org>`, is read as spreadsheets read it. Any other could swallow rows, so it is
    refused.
    """
    lines = iter(io.StringIO(text, newline=""))
    for number, cells in enumerate(_rows(lines, _delimiter(text)), start=1):
        if cells is None:
            raise UnableToRead(FileProblem.BROKEN_QUOTES, number)
        # Excel's own first line only names the delimiter.
        is_hint = number == 1 and cells and cells[0].lower().startswith("sep=")
        yield [] if is_hint else cells


def _rows(lines: Iterator[str], sign: str) -> Iterator[list[str] | None]:
    """Yield the cells of each row, or None for one that runs into the next."""
    record: list[str] = []
    is_at_end = False
    while not is_at_end:
        try:
            for cells in csv.reader(_noted(lines, record), delimiter=sign, strict=True):
                record.clear()
                yield cells
            is_at_end = True
        except csv.Error:
            yield _closed_on_its_line(record, sign)
            record.clear()


def _closed_on_its_line(record: list[str], sign: str) -> list[str] | None:
    if len(record) != 1 or record[0].count('"') % 2:
        return None
    try:
        return next(csv.reader(record, delimiter=sign), None)
    except csv.Error:  # A cell longer than the library accepts.
        return None


def _noted(lines: Iterator[str], record: list[str]) -> Iterator[str]:
    for line in lines:
        record.append(line)
        yield line


def _delimiter(text: str) -> str:
    """Return the delimiter: the one with which the first rows name the most columns.

    Titles above the header row contain delimiters of their own. So where no column name
    is known, addresses decide, and only then how often a delimiter occurs.
    """
    first, *others = _LINE_END.split(text.lstrip(), LOOKED_AT)[:LOOKED_AT]
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    lines = [line[:_LONGEST_LOOKED_AT] for line in (first, *others)]
    return max(_SIGNS, key=lambda sign: _fit(lines, sign))


def _fit(lines: Sequence[str], sign: str) -> tuple[int, int, int]:
    """Return how well a delimiter fits the lines: names, addresses and occurrences."""
    rows = [[cell.strip(' "') for cell in line.split(sign)] for line in lines]
    named = [[field for field in map(field_called, row) if field] for row in rows]
    heads = [len(fields) for fields in named if "email" in fields]
    addresses = sum(any(map(is_like_address, row)) for row in rows)
    return max(heads, default=0), addresses, sum(line.count(sign) for line in lines)
