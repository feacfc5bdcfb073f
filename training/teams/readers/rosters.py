"""Reads a CSV or XLSX file into a table of text. Hostile files are refused."""

from collections.abc import Iterable

import charset_normalizer

from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from training.teams.readers import separated, workbooks
from training.teams.readers.workbooks import LAST_ROW
from training.teams.rules.rosters.problems import FileProblem, UnableToRead
from training.teams.rules.rosters.sheets import RosterTable

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 1_000

_ENCODINGS = ["cp1252", "cp1250", "utf_16_le", "utf_16_be", "mac_roman"]


def read_roster_bounded(content: bytes) -> RosterTable:
    """Return the table in the file, within limits of time and memory.

    Raises UnableToRead, also for files that would need more.
    """
    try:
        return read_within(read_roster, content)
    except BeyondBounds as error:
        raise UnableToRead(FileProblem.TOO_MUCH_WORK) from error
    except TooManyAtOnce as error:
        raise UnableToRead(FileProblem.BUSY) from error


def read_roster(content: bytes) -> RosterTable:
    """Return the table in the file. Raises UnableToRead."""
    if len(content) > LARGEST:
        raise UnableToRead(FileProblem.TOO_LARGE)
    if not content.strip():
        raise UnableToRead(FileProblem.EMPTY)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnableToRead(FileProblem.OLD_EXCEL)
    if content.startswith(b"PK"):
        found = workbooks.read_workbook(content, MOST_COLUMNS, _limited)
        return RosterTable(found.kept, found.others, hidden=found.hidden)
    text, is_guess = _decoded(content)
    return RosterTable(_limited(separated.rows_of(text)), is_guess=is_guess)


def _limited(rows: Iterable[list[str]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the non-empty rows, numbered from 1, without empty trailing cells."""
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
    """Return the text, and whether its encoding was guessed."""
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
    """Return the text in the likeliest encoding; in a tie, Excel's Western one."""
    found = list(charset_normalizer.from_bytes(content, cp_isolation=_ENCODINGS))
    if not found:
        raise UnableToRead(FileProblem.NOT_A_TABLE)
    return str(min(found, key=lambda one: (one.chaos, one.encoding != "cp1252")))
