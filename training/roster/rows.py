"""People, and every problem, in the rows of a roster. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from training.roster import columns
from training.roster.columns import plain
from training.roster.dates import read_day
from training.roster.problems import FileProblem, Problem, RowProblem, UnableToRead

ROLES = {
    "member": ("member", "learner", "staff", "miembro", "mitglied", "membre"),
    "trainer": ("trainer", "manager", "formador", "formadora", "formateur"),
    "observer": ("observer", "observador", "observadora", "observateur"),
}
LONGEST_NAME = 150
LONGEST_EMAIL = 254

_ROLES = {word: role for role, words in ROLES.items() for word in words}
_ERRORS = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_BROKEN_TEXT = re.compile("\ufffd|Ã[\x80-\xbf©±¡³º¼¶¤­]|â€")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x7f]")
_LINK = re.compile(r"https?:|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """What a file holds: rows of text with their numbers, the first of them the header.

    `left_out` names the sheets that are not read; `is_guess` tells that the encoding of
    the letters was guessed.
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    left_out: tuple[str, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True)
class Row:
    """A person as the file has them; what it does not say is empty."""

    number: int
    email: str
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    joined_on: dt.date | None = None


@dataclass(frozen=True)
class Parsed:
    """The people of a roster, what is wrong with it, and what of it is not read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    is_guess: bool = False


def parse(table: Table, today: dt.date, is_address: Callable[[str], bool]) -> Parsed:
    """Return the people and the problems of the table.

    `is_address` says whether a text is an e-mail address. Raises UnableToRead where no
    column holds one, two hold the same, or no row follows.
    """
    header = table.rows[0][1]
    reader = _Reader(columns.places(header), len(header), today, is_address)
    for number, cells in table.rows[1:]:
        reader.take(number, cells)
    if not (reader.rows or reader.problems):
        raise UnableToRead(FileProblem.NO_ROWS)
    return Parsed(
        rows=tuple(reader.rows),
        problems=tuple(reader.problems),
        ignored=columns.ignored(header),
        left_out=table.left_out,
        is_guess=table.is_guess,
    )


class _Reader:
    def __init__(
        self,
        places: dict[str, int],
        width: int,
        today: dt.date,
        is_address: Callable[[str], bool],
    ) -> None:
        self.places = places
        self.width = width
        self.today = today
        self.is_address = is_address
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.first_at: dict[str, int] = {}

    def take(self, number: int, cells: Sequence[str]) -> None:
        said = {
            field: cells[place].strip() if place < len(cells) else ""
            for field, place in self.places.items()
        }
        found = list(self.problems_of(number, cells, said))
        if not found:
            self.rows.append(self.row(number, said))
        self.problems += (Problem(number, kind, value[:80]) for kind, value in found)

    def problems_of(
        self, number: int, cells: Sequence[str], said: dict[str, str]
    ) -> Iterator[tuple[RowProblem, str]]:
        if plain(said["email"]) in columns.NAMES["email"]:
            yield RowProblem.HEADER_AGAIN, said["email"]
            return
        if any(cell.strip() for cell in cells[self.width :]):
            yield RowProblem.TOO_MANY_CELLS, " ".join(cells[self.width :])
        broken = [(kind, text) for text in said.values() for kind in _faults(text)]
        yield from broken
        if not broken:
            yield from self.email_problems(number, said["email"])
            for field in ("name", "first_name", "last_name"):
                yield from _name_problems(said.get(field, ""))
            yield from _role_problems(said.get("role", ""))
            yield from self.day_problems(said.get("joined_on", ""))

    def email_problems(
        self, number: int, email: str
    ) -> Iterator[tuple[RowProblem, str]]:
        kind = _email_fault(email)
        if kind is None and not self.is_address(email):
            kind = RowProblem.BAD_EMAIL
        if kind:
            yield kind, email
            return
        first = self.first_at.setdefault(email.lower(), number)
        if first != number:
            yield RowProblem.SAME_EMAIL, str(first)

    def day_problems(self, text: str) -> Iterator[tuple[RowProblem, str]]:
        if text:
            day = read_day(text, self.today)
            if isinstance(day, RowProblem):
                yield day, text

    def row(self, number: int, said: dict[str, str]) -> Row:
        first, last = _names(said)
        day = read_day(said.get("joined_on", ""), self.today)
        return Row(
            number=number,
            email=said["email"].lower(),
            first_name=first,
            last_name=last,
            role=_ROLES.get(plain(said.get("role", "")), ""),
            joined_on=None if isinstance(day, RowProblem) else day,
        )


def _faults(text: str) -> Iterator[RowProblem]:
    """Find what no cell may hold."""
    if _ERRORS.match(text):
        yield RowProblem.SPREADSHEET_ERROR
    elif text.startswith(("=", "@")):
        yield RowProblem.FORMULA
    elif _BROKEN_TEXT.search(text):
        yield RowProblem.WRONG_ENCODING
    elif _INVISIBLE.search(text):
        yield RowProblem.INVISIBLE
    elif "\n" in text or "\r" in text:
        yield RowProblem.LINE_BREAK


def _email_fault(email: str) -> RowProblem | None:
    """Return the most telling thing that is wrong with an address, if any of these."""
    faults = (
        (not email, RowProblem.NO_EMAIL),
        ("@" not in email, RowProblem.NO_AT_SIGN),
        ("<" in email or email.lower().startswith("mailto:"), RowProblem.NAME_IN_EMAIL),
        (email.count("@") > 1, RowProblem.TWO_EMAILS),
        (bool(re.search(r"\s", email)), RowProblem.SPACE_IN_EMAIL),
        (not email.isascii(), RowProblem.FOREIGN_LETTERS),
        (len(email) > LONGEST_EMAIL, RowProblem.EMAIL_TOO_LONG),
    )
    return next((kind for is_so, kind in faults if is_so), None)


def _name_problems(text: str) -> Iterator[tuple[RowProblem, str]]:
    if len(text) > LONGEST_NAME:
        yield RowProblem.NAME_TOO_LONG, text
    elif _LINK.search(text):
        yield RowProblem.LINK_IN_NAME, text
    elif "@" in text:
        yield RowProblem.EMAIL_IN_NAME, text
    elif text and not any(sign.isalpha() for sign in text):
        yield RowProblem.NUMBER_FOR_NAME, text


def _role_problems(text: str) -> Iterator[tuple[RowProblem, str]]:
    if not text or plain(text) in _ROLES:
        return
    several = [word for word in plain(text).split() if word in _ROLES]
    is_several = len(several) > 1
    yield RowProblem.TWO_ROLES if is_several else RowProblem.UNKNOWN_ROLE, text


def _names(said: dict[str, str]) -> tuple[str, str]:
    """Return first and last name; “Roe, Anna” and “Anna Roe” are both taken apart."""
    first, last = said.get("first_name", ""), said.get("last_name", "")
    whole = said.get("name", "")
    if first or not whole:
        return _squeezed(first), _squeezed(last)
    if last:
        return _squeezed(whole), _squeezed(last)
    if "," in whole:
        last, _comma, first = whole.partition(",")
    else:
        first, _space, last = _squeezed(whole).partition(" ")
    return _squeezed(first), _squeezed(last)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
