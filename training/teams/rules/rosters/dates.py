"""Dates as people write them in spreadsheets. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.problems import RowProblem

EARLIEST = dt.date(1950, 1, 1)
LONGEST = 40


class Order(StrEnum):
    """What comes first when both numbers could be a month."""

    DAY = "day"
    MONTH = "month"


_TIME = r"(?:(?:[T ]|, )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = (
    re.compile(r"(\d{4})([-/.]) ?(?P<month>\d{1,2})\2 ?(?P<day>\d{1,2})\.?" + _TIME),
    re.compile(r"(\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(
        r"(\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]"
    ),
)
_PARTS = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{2}|\d{4})" + _TIME)
_DAY_AND_NAME = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -]*(?:de )?([^\W\d_]{3,})[. ,-]*(?:de )?(\d{2}|\d{4})"
    + _TIME
)
_NAME_AND_DAY = re.compile(
    r"([^\W\d_]{3,})[. -]+(\d{1,2})(?:st|nd|rd|th)?[ ,-]+(\d{2}|\d{4})" + _TIME
)
# The names of months, as `plain_heading` returns them: English, German, French,
# Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish; then abbreviations
# other than their first letters. Names are compared whole, because “marraskuu” is not
# March.
_MONTHS = (
    "january januar janner janvier enero gennaio janeiro januari",
    "february februar feber fevrier febrero febbraio fevereiro februari",
    "march marz mars marzo marco maart mrz mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus augusti",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro desember",
)


def order_of_column(texts: Iterable[str]) -> Order | None:
    """Return the order that the column as a whole shows: 17/05 is day first.

    None if nothing shows it, or if one cell contradicts another.
    """
    shown = set()
    for text in texts:
        parts = _PARTS.fullmatch(text.strip()[:LONGEST])
        if parts and parts[2] != ".":
            first, second = int(parts[1]), int(parts[3])
            shown |= {Order.DAY} if first > 12 >= second else set()
            shown |= {Order.MONTH} if second > 12 >= first else set()
    return shown.pop() if len(shown) == 1 else None


def read_day(text: str, today: dt.date, order: Order | None) -> dt.date | RowProblem:
    """Return the date, or what is wrong with it; a time of day is ignored.

    2026-03-31 is year first, 31.3.2026 is day first, and 31-Mar-2026 is clear. With
    slashes, the `order` decides if both numbers could be a month.
    """
    numbers = _numbers(text.strip(), order)
    if isinstance(numbers, RowProblem):
        return numbers
    try:
        day = dt.date(*numbers)
    except ValueError:
        return RowProblem.NO_SUCH_DAY
    if day > today:
        return RowProblem.FUTURE_DATE
    return day if day >= EARLIEST else RowProblem.OLD_DATE


def _numbers(text: str, order: Order | None) -> tuple[int, int, int] | RowProblem:
    if len(text) > LONGEST:
        return RowProblem.NOT_A_DATE
    if found := next(filter(None, (p.fullmatch(text) for p in _YEAR_FIRST)), None):
        return int(found[1]), int(found["month"]), int(found["day"])
    if found := _PARTS.fullmatch(text):
        return _in_order(found, order)
    if found := _DAY_AND_NAME.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _NAME_AND_DAY.fullmatch(text):
        return _named(found[3], found[1], found[2])
    return RowProblem.NOT_A_DATE


def _in_order(
    parts: re.Match[str], order: Order | None
) -> tuple[int, int, int] | RowProblem:
    if len(parts[4]) == 2:
        return RowProblem.SHORT_YEAR
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    if parts[2] == "." or first > 12 or first == second:
        return year, second, first
    if second > 12 or order is Order.MONTH:
        return year, first, second
    return (year, second, first) if order is Order.DAY else RowProblem.UNCLEAR_DATE


def _named(year: str, month: str, day: str) -> tuple[int, int, int] | RowProblem:
    name = plain_heading(month)
    found = [
        number
        for number, names in enumerate(_MONTHS, start=1)
        if f" {name}" in f" {names}"
    ]
    if len(found) != 1:
        return RowProblem.NOT_A_DATE
    return RowProblem.SHORT_YEAR if len(year) == 2 else (int(year), found[0], int(day))
