"""Rows of an XLSX file. Hostile files are refused before they are unpacked."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import openpyxl

from training.teams.rules.rosters.columns import LOOKED_AT, weight_of
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

# A sheet of 50,000 people unpacks to about 40 MB; anything larger is not a roster.
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1_000
# The number of rows in an Excel sheet; a higher row number is an attack.
LAST_ROW = 1_048_576
MOST_LOOKED_AT = 100
"""The number of columns searched for addresses."""

# Names may have a prefix, as in <x:row>.
_FAR_ROW = re.compile(rb"""<(?:\w{1,20}:)?row\b[^>]{0,200}?\br=["'](\d{7,})""")
# A cell with a formula but no result, unless the result is an empty text.
_UNANSWERED = re.compile(
    rb"""<(?P<x>(?:\w{1,20}:)?)c\b(?![^>]*\bt=["']str["'])[^>]*>\s*"""
    rb"""<(?P=x)f\b(?:[^>]*/>|[^>]*>[^<]*</(?P=x)f>)\s*"""
    rb"""(?:<(?P=x)v\s*/>|<(?P=x)v>\s*</(?P=x)v>)?\s*</(?P=x)c>"""
)
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w{1,20}:)?row\b([^>]*)\bhidden=["'](?:1|true)["']([^>]*)"""
)
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
Rows = Iterable[list[str]]
Kept = tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class WorkbookSheet:
    """The content of one sheet of a workbook, its hidden rows, and the other sheets."""

    kept: Kept
    others: tuple[str, ...]
    hidden: tuple[int, ...]


def read_workbook(
    content: bytes, most_columns: int, keep: Callable[[Rows], Kept]
) -> WorkbookSheet:
    """Return what `keep` makes of the rows of one sheet, and what else there is.

    Takes the first sheet with a column of addresses, visible sheets first.
    Raises UnableToRead.
    """
    _refuse_bomb(content)
    with _refusing_broken():
        is_unanswered = _looked_through(content)
        book = _opened(content, data_only=True)
        place = _place_of_roster(book)
        rows = _values(book, place, most_columns)
        if is_unanswered:
            formulas = _values(_opened(content, data_only=False), place, most_columns)
            rows = map(_with_formulas, rows, formulas)
        kept = keep(map(_texts, rows))
        hidden = _hidden_rows(content, book.worksheets[place])
    others = (s.title for n, s in enumerate(book.worksheets) if n != place)
    return WorkbookSheet(kept, tuple(others), hidden)


@contextmanager
def _refusing_broken() -> Iterator[None]:
    """Raise UnableToRead for whatever a damaged file makes openpyxl stumble over.

    It has no error of its own for that: a style of a format that is not there is an
    IndexError. It uses defusedxml if that is installed, as it is here.
    """
    try:
        yield
    except (UnableToRead, MemoryError):
        raise
    except Exception as error:
        raise UnableToRead(FileProblem.BROKEN_EXCEL) from error


def _refuse_bomb(content: bytes) -> None:
    """Check the unpacked sizes that the archive declares; zipfile reads no more."""
    with _refusing_broken():
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise UnableToRead(FileProblem.SWELLS)


def _looked_through(content: bytes) -> bool:
    """Return whether a formula has no result because it was never calculated.

    Raises UnableToRead for a row number beyond Excel's last: openpyxl counts up to it.
    """
    is_unanswered = False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                sheet = archive.read(part)
                for number in _FAR_ROW.findall(sheet):
                    if int(number[:20]) > LAST_ROW:
                        raise UnableToRead(FileProblem.TOO_MANY_ROWS)
                is_unanswered = is_unanswered or bool(_UNANSWERED.search(sheet))
    return is_unanswered


def _opened(content: bytes, *, data_only: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
    )


def _place_of_roster(book: openpyxl.Workbook) -> int:
    """Return the index of the sheet to read; the first one if none has addresses."""
    sheets = list(enumerate(book.worksheets))
    seen = [place for place, sheet in sheets if sheet.sheet_state == "visible"]
    hidden = [place for place, _sheet in sheets if place not in seen]
    for places in filter(None, (seen, hidden)):
        weights = {place: _weight(book, place) for place in places}
        best = max(places, key=lambda place: weights[place])
        if weights[best]:
            return best
    return [*seen, *hidden][0]


def _weight(book: openpyxl.Workbook, place: int) -> int:
    top = islice(_values(book, place, MOST_LOOKED_AT), LOOKED_AT)
    return max((weight_of(_texts(row)) for row in top), default=0)


def _hidden_rows(content: bytes, sheet) -> tuple[int, ...]:
    """Return the numbers of the rows that a filter hides in the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(sheet._worksheet_path.lstrip("/"))
    found = (
        _ROW_NUMBER.search(b" ".join(match)) for match in _HIDDEN_ROW.findall(part)
    )
    return tuple(int(number[1]) for number in found if number)


def _values(book: openpyxl.Workbook, place: int, most_columns: int):
    sheet = book.worksheets[place]
    sheet.reset_dimensions()
    return sheet.iter_rows(values_only=True, max_col=most_columns + 1)


def _with_formulas(values: tuple[Any, ...], written: tuple[Any, ...]) -> tuple:
    """Return the values, with the formula itself where there is no value."""
    if values.count(None) == 0:
        return values
    pairs = zip(values, written, strict=True)
    return tuple(_formula(other) if one is None else one for one, other in pairs)


def _formula(written: Any) -> str | None:
    text = getattr(written, "text", written)
    return text if isinstance(text, str) and text.startswith("=") else None


def _texts(row: tuple[Any, ...]) -> list[str]:
    # A sheet formatted to the end has a million empty rows.
    return [] if row.count(None) == len(row) else [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
