"""Messages about a roster: problems and how to fix them, and what happens to people."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from training.teams.rules.rosters.by_team import SplitRoster
from training.teams.rules.rosters.plan import RosterOutcome, RosterStep
from training.teams.rules.rosters.problems import (
    FileProblem,
    Problem,
    RowProblem,
    UnableToRead,
)
from training.teams.rules.rosters.remembered import VanishedColumn

OF_FILE = {
    FileProblem.EMPTY: _("The file is empty."),
    FileProblem.TOO_LARGE: _(
        "The file is larger than 10 MB. Split it into smaller files."
    ),
    FileProblem.TOO_MANY_ROWS: _(
        "The file has more than 50,000 rows. Split it into smaller files."
    ),
    FileProblem.TOO_WIDE: _(
        "Row %(value)s has more than 100 columns. Remove the extra ones."
    ),
    FileProblem.SWELLS: _(
        "The file is too large when unpacked. Save only the sheet you need, as CSV."
    ),
    FileProblem.OLD_EXCEL: _(
        "This is an old Excel file (.xls) or it has a password. Save it as .xlsx "
        "without a password."
    ),
    FileProblem.BROKEN_EXCEL: _(
        "The file cannot be opened as .xlsx. Open it, save it again, and upload the "
        "new file."
    ),
    FileProblem.NOT_A_TABLE: _(
        "This file is not a table. Upload a .csv or .xlsx file."
    ),
    FileProblem.BROKEN_QUOTES: _(
        "Row %(value)s has a missing or extra quotation mark, so its cells cannot be "
        "separated."
    ),
    FileProblem.NO_EMAIL_COLUMN: _(
        "No column is called “E-mail”. A row above the people must name the columns. "
        "It says: %(value)s"
    ),
    FileProblem.NO_TEAM_COLUMN: _(
        "No column names the team of each person. Enter the name of the column that"
        " does. The file has: %(value)s"
    ),
    FileProblem.COLUMN_TWICE: _(
        "Two columns contain the same thing; the second is “%(value)s”. Leave one of "
        "them out."
    ),
    FileProblem.TOO_MUCH_WORK: _(
        "The file takes too long to read. Save only the sheet you need, without empty "
        "rows, as CSV."
    ),
    FileProblem.BUSY: _(
        "The site is busy reading other files. Try again in a minute. If it happens "
        "again, split the file in two."
    ),
    FileProblem.NO_ROWS: _("There are no rows below the column names."),
}
OF_ROW = {
    RowProblem.NO_EMAIL: _("The e-mail address is missing."),
    RowProblem.NO_AT_SIGN: _("“%(value)s” is not an e-mail address: it has no @."),
    RowProblem.TWO_EMAILS: _(
        "“%(value)s” is more than one address. Give each its own row."
    ),
    RowProblem.SPACE_IN_EMAIL: _("The address “%(value)s” contains a space."),
    RowProblem.NAME_IN_EMAIL: _("Enter only the address, not “%(value)s”."),
    RowProblem.FOREIGN_CHARACTERS: _(
        "The address “%(value)s” contains a character that is not allowed. Type it "
        "again."
    ),
    RowProblem.EMAIL_TOO_LONG: _("The address “%(value)s…” is too long."),
    RowProblem.BAD_EMAIL: _("“%(value)s” is not an e-mail address."),
    RowProblem.SAME_EMAIL: _("The same address is in row %(value)s."),
    RowProblem.HEADER_AGAIN: _("This row repeats the column names. Remove it."),
    RowProblem.ABOVE_HEAD: _(
        "“%(value)s” is above the column names, so it is not read. Move it below them, "
        "or remove it."
    ),
    RowProblem.BLANK_WORD: _(
        "“%(value)s” is a placeholder. Leave the cell empty instead."
    ),
    RowProblem.SPREADSHEET_ERROR: _("The spreadsheet shows an error here: %(value)s"),
    RowProblem.FORMULA: _("This is a formula, not its result: %(value)s"),
    RowProblem.WRONG_ENCODING: _(
        "“%(value)s” has garbled letters. Save the file as “CSV UTF-8” or as .xlsx."
    ),
    RowProblem.INVISIBLE: _(
        "“%(value)s” contains an invisible character. Type it again."
    ),
    RowProblem.LINE_BREAK: _("“%(value)s” is on two lines. Put it on one."),
    RowProblem.NAME_TOO_LONG: _("A name can have at most 150 characters: “%(value)s…”"),
    RowProblem.EMAIL_IN_NAME: _("“%(value)s” is an address where a name should be."),
    RowProblem.NUMBER_FOR_NAME: _("“%(value)s” is not a name."),
    RowProblem.LINK_IN_NAME: _("“%(value)s” is a link where a name should be."),
    RowProblem.NUMBER_TOO_LONG: _(
        "A staff number can have at most 64 characters: “%(value)s…”"
    ),
    RowProblem.DETAIL_TOO_LONG: _(
        "A job title or site can have at most 120 characters: “%(value)s…”"
    ),
    RowProblem.ROUNDED_NUMBER: _(
        "The spreadsheet has rounded the staff number “%(value)s”. Format the column "
        "as text and enter the number again."
    ),
    RowProblem.SAME_NUMBER: _("The same staff number is in row %(value)s."),
    RowProblem.UNKNOWN_ROLE: _(
        "“%(value)s” is not a role. Enter member, trainer or observer, or leave it "
        "empty."
    ),
    RowProblem.TWO_ROLES: _("“%(value)s” is more than one role. Choose one."),
    RowProblem.NOT_A_DATE: _(
        "“%(value)s” is not a date. Enter one such as 2026-03-31."
    ),
    RowProblem.NO_SUCH_DAY: _("The date “%(value)s” does not exist."),
    RowProblem.UNCLEAR_DATE: _(
        "“%(value)s” could be either of two days. Enter it as in 2026-03-31."
    ),
    RowProblem.SHORT_YEAR: _("Enter the year of “%(value)s” with 4 digits."),
    RowProblem.FUTURE_DATE: _("The date “%(value)s” is in the future."),
    RowProblem.OLD_DATE: _("The date “%(value)s” is too far in the past."),
    RowProblem.TOO_MANY_CELLS: _(
        "There are more cells than columns. Left over: “%(value)s”."
    ),
    RowProblem.CLOSED_ACCOUNT: _(
        "The account of %(value)s is closed. An administrator can reopen it."
    ),
    RowProblem.OWN_ROLE: _("You cannot change your own role. Ask another trainer."),
    RowProblem.NUMBER_OF_ANOTHER: _(
        "The staff number belongs to %(value)s, but someone else has the address. "
        "Correct one of the two."
    ),
    RowProblem.ADDRESS_IN_USE: _(
        "According to the staff number, this is %(value)s, who has already signed in. "
        "Ask an administrator to correct the address (Settings → Users), and leave "
        "this row out until then."
    ),
}
PLAN_CHANGED = _(
    "Nothing was saved: the plan has changed, or there are choices left to make. Check "
    "the plan again."
)
ROSTER_RUNS = _(
    "Nothing was saved: another roster is being applied to this team. Try again when "
    "it is done."
)
NO_REASON = _(
    "Nothing was saved: say why the people whom you ticked are taken out of the team."
)
NO_WORKER = _(
    "Nothing was saved: a file of more than 5,000 rows is checked in the background, and "
    "no worker is running. Ask whoever runs the site to start one, or split the file."
)
ROSTER_STARTED = _(
    "The roster is being applied. You can leave this page and come back."
)
FIELDS: Mapping[str, object] = {
    "": _("Leave out"),
    "email": _("E-mail"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "name": _("Whole name"),
    "staff_number": _("Staff number"),
    "job_title": _("Job title"),
    "site": _("Site"),
    "team": _("Team, in a roster of several teams"),
    "role": _("Role in the team"),
    "joined_on": _("Team joined date"),
}
"""What a column contains."""
TEAM_TWICE = _(
    "Two of your teams may be “%(name)s” in a roster, so its rows are not read. Change"
    " “Name in rosters” of one of them under Edit team."
)
NO_TEAM_FOUND = _("None of the teams in the file is one that you may change.")
MOST_ROWS_NAMED = 20
OF_OUTCOME = {
    RosterOutcome.INVITED: _("New: invited by e-mail"),
    RosterOutcome.ADDED: _("Has an account: added and notified"),
    RosterOutcome.READDRESSED: _("Address changed"),
    RosterOutcome.CHANGED: _("Changed"),
    RosterOutcome.UNCHANGED: _("Unchanged"),
}


def of_file(error: UnableToRead) -> str:
    """Return what is wrong with the file and how to fix it."""
    return str(OF_FILE[error.kind]) % {"value": error.value}


def of_row(problem: Problem) -> str:
    """Return what is wrong with the row and how to fix it."""
    return str(OF_ROW[problem.kind]) % {"value": problem.value}


def problem_line(problem: Problem) -> tuple[int, str]:
    """Return the row, and what is wrong with it."""
    return problem.row, of_row(problem)


def empty_line(problem: Problem) -> tuple[int, str, str]:
    """Return the row and the column of a cell, and what is wrong with it."""
    return problem.row, problem.column, of_row(problem)


def vanished_line(column: VanishedColumn) -> str:
    """Return which column is no longer there, and what is read instead."""
    words = {"name": column.name, "field": FIELDS[column.field]}
    if column.instead:
        text = gettext(
            "“%(name)s” (%(field)s) is no longer in the file. “%(instead)s” is read"
            " instead."
        )
        return text % {**words, "instead": column.instead}
    text = gettext(
        "“%(name)s” (%(field)s) is no longer in the file, and no other column is read"
        " instead."
    )
    return text % words


def split_lines(
    split: SplitRoster, known: Mapping[str, Sequence[object]]
) -> Iterator[str]:
    """Yield what is not read of a roster of several teams, and what to do.

    `known` maps what a roster may call a team to the teams that it may be.
    """
    for part in split.parts:
        teams = known.get(part.key, ())
        if len(teams) != 1:
            text = str(TEAM_TWICE) if teams else _no_such_team(part.people)
            yield text % {"name": part.name, "people": part.people}
    if split.nameless:
        shown = ", ".join(map(str, split.nameless[:MOST_ROWS_NAMED]))
        more = "…" if len(split.nameless) > MOST_ROWS_NAMED else ""
        yield gettext("Rows without a team: %(rows)s.") % {"rows": shown + more}


def _no_such_team(people: int) -> str:
    return ngettext(
        "None of your teams is called “%(name)s”, so %(people)d row is not read. If it"
        " has another name here, enter this one as “Name in rosters” under Edit team.",
        "None of your teams is called “%(name)s”, so %(people)d rows are not read. If it"
        " has another name here, enter this one as “Name in rosters” under Edit team.",
        people,
    )


def step_line(step: RosterStep) -> tuple[RosterStep, str]:
    """Return the step, and what happens to the person."""
    return step, OF_OUTCOME[step.outcome]


def outcome_lines(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what happens, and to how many people it happens."""
    return [(words, counts.get(outcome, 0)) for outcome, words in OF_OUTCOME.items()]


def describe_roster(counts: Mapping[str, int]) -> str:
    """Return what was done to how many people; missing counts are 0."""
    numbers = {outcome.value: 0 for outcome in RosterOutcome} | dict(counts)
    done = str(
        _(
            "Roster applied: %(invited)d invited, %(added)d added, "
            "%(changed)d changed, %(unchanged)d unchanged."
        )
    )
    moved = ngettext(
        "%(readdressed)d address was changed.",
        "%(readdressed)d addresses were changed.",
        numbers["readdressed"],
    )
    gone = ngettext(
        "%(removed)d person was removed.",
        "%(removed)d people were removed.",
        numbers.get("removed", 0),
    )
    parts = [done]
    parts += [moved] if numbers["readdressed"] else []
    parts += [gone] if numbers.get("removed") else []
    return " ".join(parts) % numbers
