"""Takes a roster of several teams apart, by the column that names the team. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from training.teams.rules.rosters.columns import is_like_address, plain_heading
from training.teams.rules.rosters.problems import FileProblem, UnableToRead
from training.teams.rules.rosters.sheets import (
    NOTHING_CHOSEN,
    RosterSheet,
    RosterTable,
    take_apart,
)

Named = TypeVar("Named")
NumberedRow = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class TeamPart:
    """The rows of one team, below the names of the columns; `name` is the file's."""

    name: str
    table: RosterTable

    @property
    def key(self) -> str:
        return plain_heading(self.name)

    @property
    def people(self) -> int:
        return len(self.table.rows) - 1


@dataclass(frozen=True)
class SplitRoster:
    """The parts of a roster, and the numbers of rows that name no team."""

    parts: tuple[TeamPart, ...]
    nameless: tuple[int, ...]


def split_by_team(table: RosterTable, column: str = "") -> SplitRoster:
    """Return the rows of each team, in the order of the file.

    `column` is the name of the column with the team; empty for one that is recognised.
    Raises UnableToRead if there is no such column, or no row below it.
    """
    sheet = take_apart(table, NOTHING_CHOSEN)
    place = _place_of_team(sheet, column)
    names: dict[str, str] = {}
    rows: dict[str, list[NumberedRow]] = {}
    nameless = [number for number, row in sheet.above if any(map(is_like_address, row))]
    for number, row in sheet.body:
        name = row[place].strip() if place < len(row) else ""
        key = plain_heading(name)
        if key:
            names.setdefault(key, name)
            rows.setdefault(key, []).append((number, row))
        else:
            nameless.append(number)
    if not sheet.body:
        raise UnableToRead(FileProblem.NO_ROWS)
    head = table.rows[len(sheet.above)]
    parts = (
        TeamPart(names[key], replace(table, rows=(head, *rows[key]))) for key in names
    )
    return SplitRoster(tuple(parts), tuple(nameless))


def tables_of_teams(
    split: SplitRoster, known: Mapping[str, Sequence[Named]]
) -> dict[Named, RosterTable]:
    """Return team → its rows, also if the file has several names for it.

    `known` maps what a roster may call a team to the teams that it may be; names of
    several, or of none, are left out.
    """
    found: dict[Named, RosterTable] = {}
    for part in split.parts:
        teams = known.get(part.key, ())
        if len(teams) == 1:
            before = found.get(teams[0])
            found[teams[0]] = _with_rows(before, part.table) if before else part.table
    return found


def _with_rows(table: RosterTable, other: RosterTable) -> RosterTable:
    head, *rows = table.rows
    return replace(table, rows=(head, *sorted([*rows, *other.rows[1:]])))


def _place_of_team(sheet: RosterSheet, column: str) -> int:
    named = ", ".join(filter(None, sheet.head))
    if column:
        found: Sequence[str] = [plain_heading(name) for name in sheet.head]
        target = plain_heading(column)
    else:
        found, target = sheet.fields, "team"
    if target not in found:
        raise UnableToRead(FileProblem.NO_TEAM_COLUMN, named)
    return found.index(target)
