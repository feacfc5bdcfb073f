"""The kinds of problem with a roster. The messages are in `teams.wording`."""

from dataclasses import dataclass
from enum import StrEnum


class FileProblem(StrEnum):
    """Why the file cannot be read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    SWELLS = "swells"
    OLD_EXCEL = "old_excel"
    BROKEN_EXCEL = "broken_excel"
    NOT_A_TABLE = "not_a_table"
    BROKEN_QUOTES = "broken_quotes"
    NO_EMAIL_COLUMN = "no_email_column"
    NO_TEAM_COLUMN = "no_team_column"
    COLUMN_TWICE = "column_twice"
    NO_ROWS = "no_rows"
    TOO_MUCH_WORK = "too_much_work"
    BUSY = "busy"


class RowProblem(StrEnum):
    """Why one row cannot be used."""

    NO_EMAIL = "no_email"
    NO_AT_SIGN = "no_at_sign"
    TWO_EMAILS = "two_emails"
    SPACE_IN_EMAIL = "space_in_email"
    NAME_IN_EMAIL = "name_in_email"
    FOREIGN_CHARACTERS = "foreign_letters"
    EMAIL_TOO_LONG = "email_too_long"
    BAD_EMAIL = "bad_email"
    SAME_EMAIL = "same_email"
    HEADER_AGAIN = "header_again"
    ABOVE_HEAD = "above_head"
    BLANK_WORD = "blank_word"
    SPREADSHEET_ERROR = "spreadsheet_error"
    FORMULA = "formula"
    WRONG_ENCODING = "wrong_encoding"
    INVISIBLE = "invisible"
    LINE_BREAK = "line_break"
    NAME_TOO_LONG = "name_too_long"
    EMAIL_IN_NAME = "email_in_name"
    NUMBER_FOR_NAME = "number_for_name"
    LINK_IN_NAME = "link_in_name"
    NUMBER_TOO_LONG = "number_too_long"
    DETAIL_TOO_LONG = "detail_too_long"
    ROUNDED_NUMBER = "rounded_number"
    SAME_NUMBER = "same_number"
    UNKNOWN_ROLE = "unknown_role"
    TWO_ROLES = "two_roles"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    UNCLEAR_DATE = "unclear_date"
    SHORT_YEAR = "short_year"
    FUTURE_DATE = "future_date"
    OLD_DATE = "old_date"
    TOO_MANY_CELLS = "too_many_cells"
    CLOSED_ACCOUNT = "closed_account"
    OWN_ROLE = "own_role"
    NUMBER_OF_ANOTHER = "number_of_another"
    ADDRESS_IN_USE = "address_in_use"


@dataclass(frozen=True)
class Problem:
    """A problem in a row of the file, counted from 1, and the text it is about.

    `column` is set if only one cell is wrong.
    """

    row: int
    kind: RowProblem
    value: str = ""
    column: str = ""


class UnableToRead(Exception):
    """The file cannot be read; `kind` says why and `value` what it is about."""

    def __init__(self, kind: FileProblem, value: str | int = ""):
        super().__init__(kind, value)
        self.kind = kind
        self.value = value
