"""Finds the people and every problem in the rows of a roster. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from accounts.rules.names import clean_address, clean_name
from training.teams.rules.rosters import cells, columns, dates
from training.teams.rules.rosters.cells import KNOWN_ROLES
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.naming import names_in, titles_in
from training.teams.rules.rosters.problems import (
    FileProblem,
    Problem,
    RowProblem,
    UnableToRead,
)
from training.teams.rules.rosters.remembered import (
    NamedColumn,
    VanishedColumn,
    columns_to_remember,
)
from training.teams.rules.rosters.sheets import (
    LEAVE_EMPTY,
    NOTHING_CHOSEN,
    RosterChoices,
    RosterSheet,
    RosterTable,
    take_apart,
)
from training.teams.rules.work_details import DETAILS, WorkDetails, details_of


@dataclass(frozen=True)
class RosterRow:
    """A person as given in the file; missing values are empty.

    `titles` were left out of the name: “Dr. med.”, “MD”.
    """

    number: int
    email: str
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    joined_on: dt.date | None = None
    staff_number: str = ""
    job_title: str = ""
    site: str = ""
    titles: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def details(self) -> WorkDetails:
        return details_of(self)


@dataclass(frozen=True)
class ParsedRoster:
    """The people in a roster, its problems, and the parts that are not read.

    `empties` are optional cells that cannot be read. `unclear` is a date in a column
    that does not show whether the day or the month comes first. `hidden` are the
    numbers of the rows that were read but that the spreadsheet does not show.
    `columns` are those to remember, and `vanished` those that were there last time.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    is_guess: bool = False
    empties: tuple[Problem, ...] = ()
    unclear: str = ""
    choices: RosterChoices = NOTHING_CHOSEN
    hidden: tuple[int, ...] = ()
    columns: tuple[NamedColumn, ...] = ()
    vanished: tuple[VanishedColumn, ...] = ()


def parse_roster(
    table: RosterTable,
    today: dt.date,
    is_address: Callable[[str], bool],
    choices: RosterChoices = NOTHING_CHOSEN,
) -> ParsedRoster:
    """Return the people and the problems of the table.

    `is_address` says whether a text is an e-mail address. Raises UnableToRead if no
    column contains addresses, two columns contain the same field, or no row follows.
    """
    sheet = take_apart(table, choices)
    reader = _Reader(sheet, today, is_address, choices)
    hidden = set(table.hidden)
    for number, row in sheet.above:
        if number not in choices.skipped:
            reader.pass_over(number, row)
    for number, row in sheet.body:
        if number not in choices.skipped:
            reader.take(number, row)
    if not sheet.body:
        raise UnableToRead(FileProblem.NO_ROWS)
    return ParsedRoster(
        rows=tuple(reader.rows),
        problems=tuple(reader.problems),
        ignored=tuple(
            name
            for name, field in zip(sheet.head, sheet.fields, strict=True)
            if name and field in ("", "team")
        ),
        left_out=table.left_out,
        is_guess=table.is_guess,
        empties=tuple(reader.empties),
        unclear=reader.unclear,
        choices=choices,
        hidden=tuple(row.number for row in reader.rows if row.number in hidden),
        columns=tuple(columns_to_remember(sheet.head, sheet.fields)),
        vanished=sheet.vanished(choices),
    )


_FAULTS = {
    "role": cells.role_faults,
    "staff_number": cells.number_faults,
    "job_title": cells.detail_faults,
    "site": cells.detail_faults,
}


class _Reader:
    def __init__(
        self,
        sheet: RosterSheet,
        today: dt.date,
        is_address: Callable[[str], bool],
        choices: RosterChoices,
    ) -> None:
        self.places = columns.place_columns(sheet.fields, sheet.head)
        whole = self.places.get("name")
        self.is_last_first = whole is not None and columns.is_last_first(
            sheet.head[whole]
        )
        self.head, self.width = sheet.head, len(sheet.head)
        self.today = today
        self.is_address = is_address
        self.leaves_unclear = choices.order_to_remember == LEAVE_EMPTY
        self.order = self._order(sheet, choices)
        self.rows: list[RosterRow] = []
        self.problems: list[Problem] = []
        self.empties: list[Problem] = []
        self.unclear = ""
        self.first_at: dict[str, int] = {}
        self.first_with: dict[str, int] = {}

    def _order(self, sheet: RosterSheet, choices: RosterChoices) -> dates.Order | None:
        if choices.order in set(dates.Order):
            return dates.Order(choices.order)
        place = self.places.get("joined_on")
        if place is None:
            return None
        usual = choices.usual_order
        return dates.order_of_column(sheet.cells_of(place)) or (
            dates.Order(usual) if usual in set(dates.Order) else None
        )

    def pass_over(self, number: int, row: Sequence[str]) -> None:
        """Report an address in a place that is not read."""
        found = next(filter(columns.is_like_address, row), "").strip()
        if found:
            self.problems.append(Problem(number, RowProblem.ABOVE_HEAD, found[:80]))

    def take(self, number: int, row: Sequence[str]) -> None:
        written = {
            field: row[place].strip() if place < len(row) else ""
            for field, place in self.places.items()
        }
        found = list(self.problems_of(number, row, written))
        self.problems += (Problem(number, kind, value[:80]) for kind, value in found)
        if found:
            return
        read = {
            name: self.read(number, name, written.get(name, "")) for name in written
        }
        self.rows.append(self.row(number, read))

    def problems_of(
        self, number: int, row: Sequence[str], written: dict[str, str]
    ) -> Iterator[tuple[RowProblem, str]]:
        """Find the problems that make the row unusable."""
        text = written["email"]
        if cells.is_head_again(text):
            yield RowProblem.HEADER_AGAIN, text
            return
        if any(cell.strip() for cell in row[self.width :]):
            yield RowProblem.TOO_MANY_CELLS, " ".join(row[self.width :])
        kind = next(cells.cell_problems(text), None) or cells.email_fault(text)
        email = clean_address(text)
        if kind is None and not self.is_address(email):
            kind = RowProblem.BAD_EMAIL
        if kind:
            yield kind, text
            return
        first = self.first_at.setdefault(email, number)
        if first != number:
            yield RowProblem.SAME_EMAIL, str(first)
        key = cells.number_key(written.get("staff_number", ""))
        first = self.first_with.setdefault(key, number)
        if key and first != number:
            yield RowProblem.SAME_NUMBER, str(first)

    def read(self, number: int, field: str, text: str) -> str:
        """Return the cell, or an empty text if it is optional and wrong."""
        if field == "email" or not text:
            return text
        kind = next(cells.blank_faults(field, text), None) or self.fault(field, text)
        if kind is RowProblem.UNCLEAR_DATE:
            self.unclear = self.unclear or ("" if self.leaves_unclear else text)
        elif kind:
            column = self.head[self.places[field]]
            self.empties.append(Problem(number, kind, text[:80], column))
        return "" if kind else text

    def fault(self, field: str, text: str) -> RowProblem | None:
        if field == "joined_on":
            day = dates.read_day(text, self.today, self.order)
            return day if isinstance(day, RowProblem) else None
        return next(_FAULTS.get(field, cells.name_faults)(text), None)

    def row(self, number: int, written: dict[str, str]) -> RosterRow:
        first, last = names_in(written, is_last_first=self.is_last_first)
        day = dates.read_day(written.get("joined_on", ""), self.today, self.order)
        return RosterRow(
            number=number,
            email=clean_address(written["email"]),
            first_name=first,
            last_name=last,
            role=KNOWN_ROLES.get(plain_heading(written.get("role", "")), ""),
            joined_on=None if isinstance(day, RowProblem) else day,
            **{name: clean_name(written.get(name, "")) for name in DETAILS},
            titles=titles_in(written, f"{first} {last}"),
        )
