"""What is said about a roster: problems with what to do, and what becomes of people."""

from django.utils.translation import gettext_lazy as _

from training.teams.rules.rosters.plan import RosterOutcome
from training.teams.rules.rosters.problems import (
    FileProblem,
    Problem,
    RowProblem,
    UnableToRead,
)

OF_FILE = {
    FileProblem.EMPTY: _("The file is empty."),
    FileProblem.TOO_LARGE: _("The file is larger than 10 MB. Split it."),
    FileProblem.TOO_MANY_ROWS: _("The file has more than 5,000 rows. Split it."),
    FileProblem.TOO_WIDE: _(
        "Row %(value)s has more than 100 columns. Take out the rest."
    ),
    FileProblem.SWELLS: _(
        "The file unpacks to more than a roster can hold. Save only the one sheet, as CSV."
    ),
    FileProblem.OLD_EXCEL: _(
        "This is an old Excel file (.xls) or has a password. Save it as .xlsx, without one."
    ),
    FileProblem.BROKEN_EXCEL: _(
        "The file cannot be opened as .xlsx. Open it, save it anew, and upload that."
    ),
    FileProblem.NOT_A_TABLE: _("This is no table. Upload a CSV or an .xlsx file."),
    FileProblem.BROKEN_QUOTES: _(
        "Row %(value)s has a quotation mark too many or too few, so that its cells cannot "
        "be told apart."
    ),
    FileProblem.NO_EMAIL_COLUMN: _(
        "No column is called “E-mail”. A row above the people must name the columns; "
        "it says: %(value)s"
    ),
    FileProblem.COLUMN_TWICE: _(
        "Two columns hold the same; the second is “%(value)s”. Leave one of them out."
    ),
    FileProblem.TOO_MUCH_WORK: _(
        "The file asks for more work than a roster may. Save only the one sheet, without "
        "empty rows, as CSV."
    ),
    FileProblem.BUSY: _(
        "The site is busy with other files just now. Try again in a minute; where it "
        "says so again, cut the file in two."
    ),
    FileProblem.NO_ROWS: _("There is no row below the names of the columns."),
}
OF_ROW = {
    RowProblem.NO_EMAIL: _("The e-mail address is missing."),
    RowProblem.NO_AT_SIGN: _("“%(value)s” is no e-mail address: it has no @."),
    RowProblem.TWO_EMAILS: _("“%(value)s” is more than one address. Give each a row."),
    RowProblem.SPACE_IN_EMAIL: _("The address “%(value)s” has a space in it."),
    RowProblem.NAME_IN_EMAIL: _("Write only the address, not “%(value)s”."),
    RowProblem.FOREIGN_CHARACTERS: _(
        "The address “%(value)s” has a letter that no address here can have. Type it anew."
    ),
    RowProblem.EMAIL_TOO_LONG: _("The address “%(value)s…” is too long."),
    RowProblem.BAD_EMAIL: _("“%(value)s” is no e-mail address."),
    RowProblem.SAME_EMAIL: _("The same address stands in row %(value)s."),
    RowProblem.HEADER_AGAIN: _(
        "The names of the columns stand here again. Take them out."
    ),
    RowProblem.ABOVE_HEAD: _(
        "“%(value)s” stands above the names of the columns, so it is not read. Move it "
        "below them, or take it out."
    ),
    RowProblem.BLANK_WORD: _("“%(value)s” says that there is nothing to say."),
    RowProblem.SPREADSHEET_ERROR: _("The spreadsheet shows an error here: %(value)s"),
    RowProblem.FORMULA: _("This is a formula, not its result: %(value)s"),
    RowProblem.WRONG_ENCODING: _(
        "“%(value)s” has broken letters. Save the file as “CSV UTF-8” or as .xlsx."
    ),
    RowProblem.INVISIBLE: _("“%(value)s” holds a sign that nobody sees. Type it anew."),
    RowProblem.LINE_BREAK: _("“%(value)s” goes over two lines. Put it on one."),
    RowProblem.NAME_TOO_LONG: _("A name has at most 150 letters: “%(value)s…”"),
    RowProblem.EMAIL_IN_NAME: _("“%(value)s” is an address where a name should be."),
    RowProblem.NUMBER_FOR_NAME: _("“%(value)s” is no name."),
    RowProblem.LINK_IN_NAME: _("“%(value)s” is a link where a name should be."),
    RowProblem.NUMBER_TOO_LONG: _("A staff number has at most 64 signs: “%(value)s…”"),
    RowProblem.ROUNDED_NUMBER: _(
        "The spreadsheet has rounded the staff number “%(value)s”. Format the column as "
        "text, and put the number in anew."
    ),
    RowProblem.SAME_NUMBER: _("The same staff number stands in row %(value)s."),
    RowProblem.UNKNOWN_ROLE: _(
        "“%(value)s” is no role. Write member, trainer or observer, or leave it empty."
    ),
    RowProblem.TWO_ROLES: _("“%(value)s” is more than one role. Choose one."),
    RowProblem.NOT_A_DATE: _("“%(value)s” is no date. Write one such as 2026-03-31."),
    RowProblem.NO_SUCH_DAY: _("There is no day “%(value)s”."),
    RowProblem.UNCLEAR_DATE: _(
        "“%(value)s” can be two days. Write it such as 2026-03-31."
    ),
    RowProblem.SHORT_YEAR: _("Write the year of “%(value)s” with four digits."),
    RowProblem.FUTURE_DATE: _("The day “%(value)s” has not come yet."),
    RowProblem.OLD_DATE: _("The day “%(value)s” is too long ago."),
    RowProblem.TOO_MANY_CELLS: _(
        "There are more cells than columns; what is left over: “%(value)s”."
    ),
    RowProblem.CLOSED_ACCOUNT: _(
        "The account of %(value)s is closed. An administrator can open it."
    ),
    RowProblem.OWN_ROLE: _("Your own role is for another trainer to change."),
    RowProblem.NUMBER_OF_ANOTHER: _(
        "The staff number is that of %(value)s, and somebody else has the address. Put "
        "right which of the two this is."
    ),
    RowProblem.ADDRESS_IN_USE: _(
        "By the staff number this is %(value)s, who has come in already. Ask an "
        "administrator to correct the address (Settings → Users), and leave this row out "
        "until then."
    ),
}
OF_OUTCOME = {
    RosterOutcome.INVITED: _("New: invited by e-mail"),
    RosterOutcome.ADDED: _("Has an account: added and told"),
    RosterOutcome.READDRESSED: _("Address changed"),
    RosterOutcome.CHANGED: _("Changed"),
    RosterOutcome.UNCHANGED: _("Unchanged"),
}


def of_file(error: UnableToRead) -> str:
    """Return what is wrong with the file and what to do."""
    return str(OF_FILE[error.kind]) % {"value": error.value}


def of_row(problem: Problem) -> str:
    """Return what is wrong in the row and what to do."""
    return str(OF_ROW[problem.kind]) % {"value": problem.value}
