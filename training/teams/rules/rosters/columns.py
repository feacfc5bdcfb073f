"""Finds the header row of a roster, and what each column contains. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from training.teams.rules.rosters.column_names import LAST_NAME_FIRST, NAMES
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

LOOKED_AT = 40
"""The number of rows from the top in which the header row may be, below titles."""

FIELDS = tuple(NAMES)
_ADDRESS = re.compile(r"[^@\s,;|]+@[^@\s,;|]+")
# Words around a column name that do not change its meaning.
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
# These can also mean somebody's job: their cells show which is meant.
_OF_JOBS = frozenset(["role", "rol", "rolle", "funktion"])


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def plain_heading(text: str) -> str:
    """Return the text in lower case, without accents and punctuation."""
    bare = text if text.isascii() else _without_accents(text)
    return " ".join(re.split(r"[\W_]+", bare.casefold())).strip()


_FIELDS = {
    plain_heading(name): field for field, names in NAMES.items() for name in names
}
_LAST_FIRST = frozenset(map(plain_heading, LAST_NAME_FIRST))


def field_called(name: str) -> str:
    """Return the field that a column of this name contains; empty if unknown."""
    words = plain_heading(name)
    around = " ".join(word for word in words.split() if word not in _AROUND)
    return _FIELDS.get(words) or _FIELDS.get(around, "")


def is_of_jobs(name: str) -> bool:
    """Return whether the column might contain people's jobs instead."""
    return plain_heading(name) in _OF_JOBS


def is_last_first(name: str) -> bool:
    """Return whether the column's name says that last names come first in it."""
    return plain_heading(name) in _LAST_FIRST


def weight_of(cells: Sequence[str]) -> int:
    """Return 2 for a row that names an address column, 1 for one with an address."""
    if any(is_like_address(cell) for cell in cells):
        return 1
    return 2 if "email" in map(field_called, cells) else 0


def is_like_address(cell: str) -> bool:
    """Return whether the cell contains an address and nothing else."""
    return bool(_ADDRESS.fullmatch(cell.strip()))


def place_of_head(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the header row, or -1 if there is none.

    Titles may come above it. If no row names the address column, it is the row above
    the first address. A row that contains an address is never the header row.
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
    """Return for each column the field it most likely contains, or an empty text.

    If two columns match the same field, the first is used. Two address columns remain
    ambiguous.
    """
    fields = [field_called(name) for name in head]
    if "email" not in fields:
        fields = _by_cells(fields, body)
    for place, field in enumerate(fields):
        if field != "email" and field in fields[:place]:
            fields[place] = ""
    return tuple(_half_names(fields))


def _by_cells(fields: list[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields with the address in the column with most @ signs, if any."""

    def share(place: int) -> float:
        cells = [row[place] for row in body if place < len(row) and row[place].strip()]
        return sum("@" in cell for cell in cells) / len(cells) if cells else 0

    found = [place for place in range(len(fields)) if share(place) > 0.5]
    if len(found) == 1:
        fields[found[0]] = "email"
    return fields


def _half_names(fields: list[str]) -> list[str]:
    """Return the fields with “Name”, next to one half of a name, as the other half."""
    halves = {"first_name", "last_name"} & set(fields)
    if "name" in fields and halves:
        other = {"first_name", "last_name"} - halves
        fields[fields.index("name")] = next(iter(other), "")
    return fields


def place_columns(fields: Sequence[str], head: Sequence[str]) -> dict[str, int]:
    """Return field → index of its column.

    Raises UnableToRead if no column contains the address, or two contain the same
    field.
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
