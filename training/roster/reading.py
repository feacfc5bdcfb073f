"""From a file, CSV or XLSX, to a table of text. Hostile files are refused."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

# Only the error: openpyxl reads through defusedxml where that is installed, as here.
from xml.etree.ElementTree import ParseError

import charset_normalizer
import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from course.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from training.roster.problems import FileProblem, UnableToRead
from training.roster.rows import Table

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 100
# A sheet of 5,000 people unpacks to some 4 MB; more is no roster.
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1_000
LONGEST_CELL = 1_000
# As many as a sheet has in Excel; a row beyond them is there to be counted up to.
LAST_ROW = 1_048_576

_ENCODINGS = ["cp1252", "cp1250", "utf_16_le", "utf_16_be", "mac_roman"]
_FAR_ROW = re.compile(rb"""<row\b[^>]{0,200}?\br=["'](\d{7,})""")
_BROKEN = (
    DefusedXmlException,
    InvalidFileException,
    KeyError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_bounded(content: bytes) -> Table:
    """Return the table in the file, within bounds of time and memory.

    Raises UnableToRead, also for what would take more.
    """
    try:
        return read_within(read, content)
    except BeyondBounds as error:
        raise UnableToRead(FileProblem.TOO_MUCH_WORK) from error
    except TooManyAtOnce as error:
        raise UnableToRead(FileProblem.BUSY) from error


def read(content: bytes) -> Table:
    """Return the table in the file. Raises UnableToRead."""
    if len(content) > LARGEST:
        raise UnableToRead(FileProblem.TOO_LARGE)
    if not content.strip():
        raise UnableToRead(FileProblem.EMPTY)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnableToRead(FileProblem.OLD_EXCEL)
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    text, is_guess = _decoded(content)
    return Table(_limited(_csv_rows(text)), is_guess=is_guess)


def _limited(rows: Iterable[list[str]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the rows that hold something, numbered from 1, without empty ends."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise UnableToRead(FileProblem.TOO_MANY_ROWS)
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise UnableToRead(FileProblem.TOO_WIDE, number)
        if len(kept) > MOST_ROWS:
            raise UnableToRead(FileProblem.TOO_MANY_ROWS)
        kept.append((number, tuple(cell[:LONGEST_CELL] for cell in cells)))
    if not kept:
        raise UnableToRead(FileProblem.EMPTY)
    return tuple(kept)


def _decoded(content: bytes) -> tuple[str, bool]:
    """Return the text, and whether its encoding is only a guess."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), False
    try:
        text, is_guess = content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        text, is_guess = _guessed(content), True
    if "\0" in text:
        raise UnableToRead(FileProblem.NOT_A_TABLE)
    return text, is_guess


def _guessed(content: bytes) -> str:
    """Return the text in the likeliest encoding; where two are alike, Excel's western."""
    found = list(charset_normalizer.from_bytes(content, cp_isolation=_ENCODINGS))
    if not found:
        raise UnableToRead(FileProblem.NOT_A_TABLE)
    return str(min(found, key=lambda one: (one.chaos, one.encoding != "cp1252")))


def _csv_rows(text: str) -> Iterator[list[str]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True
    )
    place = 0
    try:
        for place, cells in enumerate(reader, start=1):
            # Excel's own first line, which only says how cells are parted.
            is_hint = place == 1 and cells and cells[0].lower().startswith("sep=")
            yield [] if is_hint else cells
    except csv.Error as error:
        raise UnableToRead(FileProblem.BROKEN_QUOTES, place + 1) from error


def _delimiter(text: str) -> str:
    """Return what parts the cells: the sign that stands most often in the first line."""
    first = text.lstrip().split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4]
    return max(",;\t", key=first.count)


def _read_xlsx(content: bytes) -> Table:
    _refuse_bomb(content)
    try:
        _refuse_far_rows(content)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheet, *others = book.worksheets
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        kept = _limited(_texts(row) for row in rows)
    except _BROKEN as error:
        raise UnableToRead(FileProblem.BROKEN_EXCEL) from error
    return Table(kept, left_out=tuple(other.title for other in others))


def _refuse_bomb(content: bytes) -> None:
    """Look at what the archive says its parts unpack to; zipfile reads no more of them."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise UnableToRead(FileProblem.BROKEN_EXCEL) from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise UnableToRead(FileProblem.SWELLS)


def _refuse_far_rows(content: bytes) -> None:
    """Look for a row that says its number is beyond the last: openpyxl counts up to it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                for number in _FAR_ROW.findall(archive.read(part)):
                    if int(number[:20]) > LAST_ROW:
                        raise UnableToRead(FileProblem.TOO_MANY_ROWS)


def _texts(row: tuple[Any, ...]) -> list[str]:
    # A sheet formatted to its end has a million empty rows.
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
