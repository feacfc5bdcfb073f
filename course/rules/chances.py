"""How many of 100 people something happens to: a number, a range, or not known. Pure.

All figures of options have this one denominator, because people compare numbers wrongly
if their denominators differ: see Trevena and others, doi.org/10.1186/1472-6947-13-S2-S7.
"""

import re
from dataclasses import dataclass

WHOLE = 100
_CHANCE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")  # noqa: RUF001


@dataclass(frozen=True)
class Chance:
    """From `low` to `high` of 100 people; both are the same unless it is a range."""

    low: int
    high: int

    @property
    def is_range(self) -> bool:
        return self.low < self.high


def read_chance(text: str) -> Chance | None:
    """Return the chance in a text such as “26” or “10-20”, or None if it is empty.

    Raises ValueError if it is neither, or not within 0 to 100.
    """
    if not text.strip():
        return None
    match = _CHANCE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    low, high = int(match[1]), int(match[2] or match[1])
    if not low <= high <= WHOLE or (match[2] and low == high):
        raise ValueError(text)
    return Chance(low, high)


@dataclass(frozen=True)
class Area:
    """A rectangle in a drawing of ten rows of ten people, each person 10 wide."""

    x: int
    y: int
    width: int
    height: int


def areas_of(first: int, end: int) -> list[Area]:
    """Return the areas of the people from `first` up to, not including, `end`."""
    found = []
    while first < end:
        row, column = divmod(first, 10)
        if column or end - first < 10:
            people, rows = min(10 - column, end - first), 1
        else:
            people, rows = 10, (end - first) // 10
        found.append(Area(column * 10, row * 10, people * 10, rows * 10))
        first += people * rows
    return found
