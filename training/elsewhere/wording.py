"""Messages about a file of completions: what is wrong, and how to fix it."""

from django.utils.translation import gettext_lazy as _

from training.elsewhere.rules.files import (
    CompletionFault,
    FileFault,
    RowFault,
    UnusableFile,
)
from training.teams.rules.rosters.problems import Problem, RowProblem
from training.teams.wording import of_row

OF_FILE = {
    FileFault.NO_EMAIL: _(
        "No column is called “E-mail”. The first row must name the columns."
    ),
    FileFault.NO_COURSE: _(
        "No column is called “Course”. The first row must name the columns."
    ),
    FileFault.NO_DATE: _(
        "No column is called “Completed on”. The first row must name the columns."
    ),
    FileFault.TOO_MANY_ROWS: _(
        "The file has more than 1,000 rows. Split it into smaller files."
    ),
    FileFault.NO_ROWS: _("There are no rows below the column names."),
}
OF_ROW = {
    CompletionFault.NOT_IN_TEAM: _(
        "“%(value)s” does not belong to anyone in this team."
    ),
    CompletionFault.NO_COURSE: _("The course is missing."),
    CompletionFault.UNKNOWN_COURSE: _(
        "“%(value)s” is not a course that your teams are asked for. Enter its title as on "
        "this site."
    ),
    CompletionFault.TWO_COURSES: _(
        "Two courses are called “%(value)s”. Record these by hand."
    ),
    CompletionFault.NO_DATE: _("The date is missing."),
    CompletionFault.NO_SOURCE: _(
        "It is not said where. Add a column “Where”, or say it when you upload the file."
    ),
    CompletionFault.NOBODY_SAYS_SO: _(
        "It is not said who says so. Add a column “Who says so”, or say it when you "
        "upload the file."
    ),
    CompletionFault.TOO_LONG: _("Shorten this to 160 characters: “%(value)s…”"),
    CompletionFault.SAME_ROW: _("Row %(value)s says the same. Leave one of them out."),
}


def unusable_in_words(error: UnusableFile) -> str:
    """Return why the file cannot be used, and how to fix it."""
    return str(OF_FILE[error.fault])


def fault_line(fault: RowFault) -> tuple[int, str]:
    """Return the row, and what is wrong with it."""
    if isinstance(fault.kind, RowProblem):
        return fault.row, of_row(Problem(fault.row, fault.kind, fault.value))
    return fault.row, str(OF_ROW[fault.kind]) % {"value": fault.value}
