"""Which row of a roster names its columns, and which column holds what. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from training.teams.rules.rosters.column_names import LAST_NAME_FIRST, NAMES
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

LOOKED_AT = 40
"""Rows from the top in which the names of the columns may stand, below titles."""

FIELDS = tuple(NAMES)
_ADDRESS = re.compile(r"[^@\s,;|]+@[^@\s,;|]+")
# Words around a name that do not change what it means.
_AROUND = frozenset(
    (
        *("work", "business", "company", "office", "staff", "employee"),
        *("official", "primary", "corporate", "professional", "your", "their"),
        *(
            "the",
            "dienstliche",
            "berufliche",
            "professionnel",
            "professionnelle",
            "profesional",
        ),
        *("aziendale",),
    )
)
# These also name what somebody is at work: their cells tell which is meant.
_OF_JOBS = frozenset(["role", "rol", "rolle", "funktion"])


def plain_heading(text: str) -> str:
    """Return the text in small letters, without accents and signs."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.split(r"[\W_]+", bare.casefold())).strip()


_FIELDS = {
    plain_heading(name): field for field, names in NAMES.items() for name in names
}
_LAST_FIRST = frozenset(map(plain_heading, LAST_NAME_FIRST))


def field_called(name: str) -> str:
    """Return the field that a column of this name holds; empty if none is known."""
    words = plain_heading(name)
    around = " ".join(word for word in words.split() if word not in _AROUND)
    return _FIELDS.get(words) or _FIELDS.get(around, "")


def is_of_jobs(name: str) -> bool:
    """Return whether the column may as well say what people are at work."""
    return plain_heading(name) in _OF_JOBS


def is_last_first(name: str) -> bool:
    """Return whether the column says that last names stand first in it."""
    return plain_heading(name) in _LAST_FIRST


def weight_of(cells: Sequence[str]) -> int:
    """Return 2 for a row that names a column of addresses, 1 for one that holds one."""
    if any(is_like_address(cell) for cell in cells):
        return 1
    return 2 if "email" in map(field_called, cells) else 0


def is_like_address(cell: str) -> bool:
    """Return whether the cell holds an address and nothing else."""
    return bool(_ADDRESS.fullmatch(cell.strip()))


def place_of_head(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the row that names the columns, from 0; -1 if there is none.

    Titles may stand above it. Where no row names the address, it is the one above the
    first address. A row with an address in it names no column, whatever else it says.
    """
    top = rows[:LOOKED_AT]
    weights = [weight_of(cells) for cells in top]
    if 2 in weights:
        return weights.index(2)
    if 1 in weights:
        return weights.index(1) - 1
    held = ("@" in " ".join(cells) for cells in top)
    return next((place - 1 for place, is_so in enumerate(held) if is_so), 0)


def fields_of(head: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return for each column the field that it most likely holds, or an empty text.

    Of two for the same the first is taken; only of two for the address nobody can tell.
    """
    fields = [field_called(name) for name in head]
    if "email" not in fields:
        fields = _by_cells(fields, body)
    for place, field in enumerate(fields):
        if field != "email" and field in fields[:place]:
            fields[place] = ""
    return tuple(_half_names(fields))


def _by_cells(fields: list[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields with the address where most cells have an @, if one has."""

    def share(place: int) -> float:
        cells = [row[place] for row in body if place < len(row) and row[place].strip()]
        return sum("@" in cell for cell in cells) / len(cells) if cells else 0

    found = [place for place in range(len(fields)) if share(place) > 0.5]
    if len(found) == 1:
        fields[found[0]] = "email"
    return fields


def _half_names(fields: list[str]) -> list[str]:
    """Return the fields with “Name” beside one half of a name as the other half."""
    halves = {"first_name", "last_name"} & set(fields)
    if "name" in fields and halves:
        other = {"first_name", "last_name"} - halves
        fields[fields.index("name")] = next(iter(other), "")
    return fields


def place_columns(fields: Sequence[str], head: Sequence[str]) -> dict[str, int]:
    """Return field → place of its column, from 0.

    Raises UnableToRead where no column holds the address, or two the same.
    """
    found: dict[str, int] = {}
    for place, field in enumerate(fields):
        if field in found:
            raise UnableToRead(FileProblem.COLUMN_TWICE, head[place])
        if field:
            found[field] = place
    if "email" not in found:
        named = ", ".join(name for name in head if name)
        raise UnableToRead(FileProblem.NO_EMAIL_COLUMN, named)
    return found
