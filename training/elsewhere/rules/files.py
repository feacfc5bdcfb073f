"""Finds completions elsewhere, and every problem, in the rows of a file. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from accounts.rules.names import clean_address, clean_name
from training.teams.rules.rosters import cells, columns, dates
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.problems import RowProblem
from training.teams.rules.rosters.sheets import RosterTable

MOST_ROWS = 1_000
LONGEST = 160
# As `plain_heading` returns them.
COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "course": ("course", "training", "module", "curso", "kurs", "cours", "corso"),
    "done_on": (
        *("completed on", "completed", "completion date", "date completed", "date"),
        *("done on", "done", "fecha", "datum", "abgeschlossen am", "date de fin"),
    ),
    "source": (
        *("where", "source", "provider", "organisation", "organization", "place"),
        *("institution", "lugar", "proveedor", "anbieter", "ort", "organisme"),
    ),
    "vouched_by": (
        *("who says so", "confirmed by", "verified by", "checked by"),
        *("confirmado por", "bestatigt von", "confirme par"),
    ),
}
_FIELDS = {name: field for field, names in COLUMN_NAMES.items() for name in names}


class CompletionFault(StrEnum):
    """Why a row cannot be recorded, besides what is wrong with its cells."""

    NOT_IN_TEAM = "not_in_team"
    NO_COURSE = "no_course"
    UNKNOWN_COURSE = "unknown_course"
    TWO_COURSES = "two_courses"
    NO_DATE = "no_date"
    NO_SOURCE = "no_source"
    NOBODY_SAYS_SO = "nobody_says_so"
    TOO_LONG = "too_long"
    SAME_ROW = "same_row"


class FileFault(StrEnum):
    """Why the file as a whole cannot be used."""

    NO_EMAIL = "no_email"
    NO_COURSE = "no_course"
    NO_DATE = "no_date"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"


class UnusableFile(Exception):
    """The file cannot be used; `fault` says why."""

    def __init__(self, fault: FileFault):
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class FileRow:
    """A completion as a row of the file has it; `learner` is the person's key."""

    number: int
    learner: int
    email: str
    course: str
    done_on: dt.date
    source: str
    vouched_by: str


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a row of the file, counted from 1, and the text it is about."""

    row: int
    kind: RowProblem | CompletionFault
    value: str = ""


@dataclass(frozen=True)
class KnownFacts:
    """What rows are compared with.

    `people` maps address → key of the learners in the team, and `courses` the plain
    title → keys of the courses with it. `source` and `vouched_by` are for rows that do
    not say so.
    """

    people: Mapping[str, int]
    courses: Mapping[str, Sequence[str]]
    today: dt.date
    is_address: Callable[[str], bool]
    source: str = ""
    vouched_by: str = ""


@dataclass
class CompletionFile:
    """The completions of a file, in order, and what is wrong with the other rows."""

    rows: list[FileRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def parse_completions(table: RosterTable, known: KnownFacts) -> CompletionFile:
    """Return the completions and the problems of the table. Raises UnusableFile."""
    lines = [row for _number, row in table.rows]
    head = columns.place_of_head(lines)
    if head < 0:
        raise UnusableFile(FileFault.NO_EMAIL)
    places = _places(lines[head])
    body = table.rows[head + 1 :]
    if not body:
        raise UnusableFile(FileFault.NO_ROWS)
    if len(body) > MOST_ROWS:
        raise UnusableFile(FileFault.TOO_MANY_ROWS)
    return _Reader(places, body, known).read()


def _places(head: Sequence[str]) -> dict[str, int]:
    """Return field → index of the first column that contains it."""
    found: dict[str, int] = {}
    for place, name in enumerate(head):
        is_email = columns.field_called(name) == "email"
        field = "email" if is_email else _FIELDS.get(plain_heading(name), "")
        if field:
            found.setdefault(field, place)
    missing = {
        "email": FileFault.NO_EMAIL,
        "course": FileFault.NO_COURSE,
        "done_on": FileFault.NO_DATE,
    }
    for field, fault in missing.items():
        if field not in found:
            raise UnusableFile(fault)
    return found


class _Reader:
    def __init__(
        self,
        places: Mapping[str, int],
        body: Sequence[tuple[int, Sequence[str]]],
        known: KnownFacts,
    ) -> None:
        self.places, self.body, self.known = places, body, known
        days = [self._cell(row, "done_on") for _number, row in body]
        self.order = dates.order_of_column(day for day in days if day)
        self.found = CompletionFile()
        self.first_at: dict[tuple[int, str, dt.date], int] = {}

    def read(self) -> CompletionFile:
        for number, row in self.body:
            fault = self._take(
                number, {name: self._cell(row, name) for name in self.places}
            )
            if fault:
                kind, value = fault
                self.found.faults.append(RowFault(number, kind, value[:80]))
        return self.found

    def _cell(self, row: Sequence[str], name: str) -> str:
        place = self.places[name]
        return clean_name(row[place]) if place < len(row) else ""

    def _take(
        self, number: int, written: dict[str, str]
    ) -> tuple[RowProblem | CompletionFault, str] | None:
        """Add the row to those found, or return the first thing wrong with it."""
        fault = next(self._faults(written), None)
        if fault:
            return fault
        day = dates.read_day(written["done_on"], self.known.today, self.order)
        if isinstance(day, RowProblem):
            return day, written["done_on"]
        row = self._row(number, written, day)
        first = self.first_at.setdefault((row.learner, row.course, day), number)
        if first != number:
            return CompletionFault.SAME_ROW, str(first)
        self.found.rows.append(row)
        return None

    def _faults(
        self, written: dict[str, str]
    ) -> Iterator[tuple[RowProblem | CompletionFault, str]]:
        for text in written.values():
            for kind in cells.cell_problems(text):
                yield kind, text
        yield from self._faults_of_person(written["email"])
        yield from self._faults_of_course(written["course"])
        if not written["done_on"]:
            yield CompletionFault.NO_DATE, ""
        for name, absent in (
            ("source", CompletionFault.NO_SOURCE),
            ("vouched_by", CompletionFault.NOBODY_SAYS_SO),
        ):
            text = written.get(name, "") or getattr(self.known, name)
            if not text:
                yield absent, ""
            if len(text) > LONGEST:
                yield CompletionFault.TOO_LONG, text

    def _faults_of_person(
        self, text: str
    ) -> Iterator[tuple[RowProblem | CompletionFault, str]]:
        if kind := cells.email_fault(text):
            yield kind, text
        elif not self.known.is_address(clean_address(text)):
            yield RowProblem.BAD_EMAIL, text
        elif clean_address(text) not in self.known.people:
            yield CompletionFault.NOT_IN_TEAM, text

    def _faults_of_course(self, text: str) -> Iterator[tuple[CompletionFault, str]]:
        keys = self.known.courses.get(plain_heading(text), ())
        if not text:
            yield CompletionFault.NO_COURSE, ""
        elif not keys:
            yield CompletionFault.UNKNOWN_COURSE, text
        elif len(keys) > 1:
            yield CompletionFault.TWO_COURSES, text

    def _row(self, number: int, written: dict[str, str], day: dt.date) -> FileRow:
        email = clean_address(written["email"])
        return FileRow(
            number=number,
            learner=self.known.people[email],
            email=email,
            course=self.known.courses[plain_heading(written["course"])][0],
            done_on=day,
            source=written.get("source", "") or self.known.source,
            vouched_by=written.get("vouched_by", "") or self.known.vouched_by,
        )
