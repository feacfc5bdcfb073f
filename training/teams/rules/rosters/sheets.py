"""A table that somebody uploads: the names of its columns, and what they hold. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from training.teams.rules.rosters import columns
from training.teams.rules.rosters.cells import KNOWN_ROLES
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.remembered import (
    NamedColumn,
    VanishedColumn,
    fields_as_remembered,
    vanished_columns,
)

LEAVE_EMPTY = "empty"
"""A choice besides the orders of day and month."""
SAMPLES = 3


@dataclass(frozen=True)
class RosterTable:
    """The content of a file: rows of text with their numbers in the file.

    `left_out` names the sheets that are not read; `is_guess` says whether the encoding
    was guessed; `hidden` are rows that the spreadsheet does not show.
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    left_out: tuple[str, ...] = ()
    is_guess: bool = False
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True)
class RosterChoices:
    """What the uploader chose in the preview.

    `fields`: what each column contains, if it differs from what was found. `order`: the
    order of day and month, or LEAVE_EMPTY. `skipped`: row numbers. The others confirm
    that unreadable cells are left empty, that rows with problems are left out, that
    the addresses of people recognised by their staff number are changed, and that
    columns of the last roster are no longer there. `remembered` are those columns, and
    `usual_order` is the order of the last roster, for columns that do not show theirs.
    """

    fields: tuple[str, ...] = ()
    order: str = ""
    skipped: tuple[int, ...] = ()
    leaves_empty: bool = False
    skips_problems: bool = False
    readdresses: bool = False
    misses_columns: bool = False
    remembered: tuple[NamedColumn, ...] = ()
    usual_order: str = ""

    @property
    def order_to_remember(self) -> str:
        """The order for the team's next roster: what was chosen, or else as last time."""
        return self.order or self.usual_order


NOTHING_CHOSEN = RosterChoices()


@dataclass(frozen=True)
class RosterColumn:
    """A column as the preview shows it: its name, some cells, and its field."""

    place: int
    name: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class RosterSheet:
    """A table split into column names, their fields and the rows below.

    `above` are the rows above the header row, which are not read.
    """

    head: tuple[str, ...]
    fields: tuple[str, ...]
    body: tuple[tuple[int, tuple[str, ...]], ...]
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def vanished(self, choices: RosterChoices) -> tuple[VanishedColumn, ...]:
        """Return the columns of the team's last roster that are not in the file."""
        return vanished_columns(self.head, self.fields, choices.remembered)

    @property
    def columns(self) -> list[RosterColumn]:
        return [
            RosterColumn(place, name, self._samples(place), self.fields[place])
            for place, name in enumerate(self.head)
        ]

    def cells_of(self, place: int) -> Iterator[str]:
        """Yield the cells of the column that are not empty."""
        for _number, row in self.body:
            if place < len(row) and row[place].strip():
                yield row[place].strip()

    def _samples(self, place: int) -> tuple[str, ...]:
        found = dict.fromkeys(text[:60] for text in self.cells_of(place))
        return tuple(found)[:SAMPLES]


def take_apart(table: RosterTable, choices: RosterChoices) -> RosterSheet:
    """Return the header row, the fields as chosen or found, and the rows below."""
    lines = [row for _number, row in table.rows]
    place = columns.place_of_head(lines)
    body = table.rows[place + 1 :]
    head = lines[place] if place >= 0 else ()
    width = max(map(len, [head] if head else lines))
    head += ("",) * (width - len(head))
    fields = columns.fields_of(head, lines[place + 1 :])
    sheet = RosterSheet(head, fields, body, table.rows[: max(place, 0)])
    if len(choices.fields) == len(head):
        return replace(sheet, fields=choices.fields)
    found = tuple(_with_jobs(sheet))
    fields = fields_as_remembered(head, found, choices.remembered)
    return replace(sheet, fields=fields)


def _with_jobs(sheet: RosterSheet) -> Iterator[str]:
    """Yield the fields; a “Role” column of jobs such as Nurse holds job titles."""
    instead = "" if "job_title" in sheet.fields else "job_title"
    for place, field in enumerate(sheet.fields):
        found = Counter(
            plain_heading(text) in KNOWN_ROLES for text in sheet.cells_of(place)
        )
        is_job = found[False] > found[True] and columns.is_of_jobs(sheet.head[place])
        yield instead if field == "role" and is_job else field
