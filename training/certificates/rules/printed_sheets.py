"""Dividing a long list of people into sheets that can be printed. Pure."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, TypeVar

Row = TypeVar("Row")


def split_by_person(
    rows: Sequence[Row], *, most: int, person_of: Callable[[Row], Any]
) -> list[list[Row]]:
    """Return the rows in sheets of at most `most` rows; an empty one if there are none.

    The rows of a person stand together, and are only divided if one sheet is too small.
    """
    sheets: list[list[Row]] = [[]]
    for _person, grouped in groupby(rows, key=person_of):
        of_person = list(grouped)
        if sheets[-1] and len(sheets[-1]) + len(of_person) > most:
            sheets.append([])
        for row in of_person:
            if len(sheets[-1]) == most:
                sheets.append([])
            sheets[-1].append(row)
    return sheets
