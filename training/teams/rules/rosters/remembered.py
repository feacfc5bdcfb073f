"""What the columns of a team's last roster contained, for the next one. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.teams.rules.rosters.columns import plain_heading

# The name of a column, and the field that it contained; empty if it was left out.
NamedColumn = tuple[str, str]


@dataclass(frozen=True)
class VanishedColumn:
    """A column of the last roster that this one has not.

    `instead` is the column that now contains its field, if there is one.
    """

    name: str
    field: str
    instead: str = ""


def fields_as_remembered(
    head: Sequence[str], fields: Sequence[str], remembered: Sequence[NamedColumn]
) -> tuple[str, ...]:
    """Return the fields, with those of remembered columns as they were then."""
    known = {plain_heading(name): field for name, field in remembered}
    # Only the first of several columns of one name.
    chosen = [known.pop(plain_heading(name), None) for name in head]
    return tuple(
        ("" if field in chosen else field) if choice is None else choice
        for field, choice in zip(fields, chosen, strict=True)
    )


def vanished_columns(
    head: Sequence[str], fields: Sequence[str], remembered: Sequence[NamedColumn]
) -> tuple[VanishedColumn, ...]:
    """Return the remembered columns with a field that are not in the file."""
    present = set(map(plain_heading, head))
    now = {field: name for name, field in zip(head, fields, strict=True)}
    return tuple(
        VanishedColumn(name, field, now.get(field, ""))
        for name, field in remembered
        # The team of a person is only read in a roster of several teams.
        if field not in ("", "team") and plain_heading(name) not in present
    )


def columns_to_remember(
    head: Sequence[str], fields: Sequence[str]
) -> Iterator[NamedColumn]:
    """Yield the columns that have a name to know them by."""
    for name, field in zip(head, fields, strict=True):
        if plain_heading(name):
            yield name, field
