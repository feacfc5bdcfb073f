"""Days as people write them in spreadsheets. Pure."""

import datetime as dt
import re

from training.roster.problems import RowProblem

EARLIEST = dt.date(1950, 1, 1)

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})")


def read_day(text: str, today: dt.date) -> dt.date | RowProblem:
    """Return the day, or what is wrong with it.

    2026-03-31 is year first, 31.3.2026 day first; with strokes one of the first two
    numbers must be over 12 or both the same, for some write the month first.
    """
    numbers = _numbers(text.strip())
    if isinstance(numbers, RowProblem):
        return numbers
    try:
        day = dt.date(*numbers)
    except ValueError:
        return RowProblem.NO_SUCH_DAY
    if day > today:
        return RowProblem.FUTURE_DATE
    return day if day >= EARLIEST else RowProblem.OLD_DATE


def _numbers(text: str) -> tuple[int, int, int] | RowProblem:
    if iso := _ISO.fullmatch(text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    parts = _PARTS.fullmatch(text)
    if not parts:
        return RowProblem.NOT_A_DATE
    if len(parts[4]) == 2:
        return RowProblem.SHORT_YEAR
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    if parts[2] == "." or first > 12 or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else RowProblem.UNCLEAR_DATE
