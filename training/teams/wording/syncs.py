"""Sentences about a roster that is applied by a command, for its log and for mail."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from training.teams import wording
from training.teams.rules.rosters.plan import RosterPlan, RosterStep
from training.teams.rules.rosters.problems import Problem
from training.teams.rules.rosters.rows import ParsedRoster
from training.teams.rules.rosters.syncing import SyncReport

MOST_NAMED = 20
CHANGED_MEANWHILE = _("Somebody changed the team at the same time. Run it again.")
_SKIP = _("To leave such rows out, use --skip-problems.")


def refusals_of(parsed: ParsedRoster, plan: RosterPlan) -> Iterator[str]:
    """Yield what somebody has to look at before this roster can be applied."""
    for column in parsed.vanished:
        yield wording.vanished_line(column)
    if parsed.vanished:
        yield gettext(
            "If the file is right, apply it once in the admin (Upload a roster):"
            " from then on, its columns are read as chosen there."
        )
    if plan.unclear:
        text = gettext(
            "“%(date)s” could be either of two days. Use --dates day, --dates month,"
            " or --dates empty."
        )
        yield text % {"date": plan.unclear}
    rows = [*map(problem_in_row, plan.problems), *map(_to_look_at, plan.to_look_at)]
    yield from _first(rows)
    if rows:
        yield str(_SKIP)


def refuse_missing(missing: int, members: int) -> str:
    """Return that too many people are missing for the file to be believed."""
    text = ngettext(
        "%(missing)d of %(members)d person on the team is missing from the file, so it"
        " may not be whole. If it is, use --allow-missing.",
        "%(missing)d of %(members)d people on the team are missing from the file, so it"
        " may not be whole. If it is, use --allow-missing.",
        members,
    )
    return text % {"missing": missing, "members": members}


def problem_in_row(problem: Problem) -> str:
    """Return the row, and what is wrong with it."""
    words = {"row": problem.row, "problem": wording.of_row(problem)}
    return gettext("Row %(row)d: %(problem)s") % words


def _to_look_at(step: RosterStep) -> str:
    if step.looks_like:
        text = gettext(
            "Row %(row)d: %(email)s may be %(person)s with a different address. If not,"
            " apply the file in the admin (Upload a roster)."
        )
        person = step.looks_like.name_and_address
        return text % {
            "row": step.row.number,
            "email": step.row.email,
            "person": person,
        }
    text = gettext(
        "Row %(row)d: by the staff number, this is %(person)s, whose address would"
        " change to %(email)s. Confirm that in the admin (Upload a roster)."
    )
    person = step.before.name_and_address if step.before else ""
    words = {"row": step.row.number, "person": person, "email": step.row.email}
    return text % words


def _first(lines: list[str]) -> Iterator[str]:
    yield from lines[:MOST_NAMED]
    if len(lines) > MOST_NAMED:
        number = len(lines) - MOST_NAMED
        yield ngettext("%d more.", "%d more.", number) % number


def left_out_of(plan: RosterPlan, steps: tuple[RosterStep, ...]) -> tuple[str, ...]:
    """Return what is wrong with rows that are left out; `steps` need a look."""
    rows = [*map(problem_in_row, plan.left_out), *map(_to_look_at, steps)]
    return tuple(_first(rows))


def report_lines(report: SyncReport) -> list[str]:
    """Return the report in sentences; empty if there is nothing to say."""
    if report.refusals:
        return [gettext("Nothing was done:"), *report.refusals]
    lines = list(_done(report))
    if report.missing:
        lines.append(_missing(report))
        lines += _first(list(report.missing))
    if report.left_out:
        lines += [gettext("Rows that are left out:"), *report.left_out]
    if lines and report.is_dry:
        lines.insert(0, gettext("This was a dry run. Nothing was changed."))
    return lines


def _done(report: SyncReport) -> Iterator[str]:
    if report.is_later:
        yield gettext("The roster is being applied in the background.")
    for words, number in wording.outcome_lines(report.counts):
        if number and words != wording.OF_OUTCOME[wording.RosterOutcome.UNCHANGED]:
            yield f"{words}: {number}"


def _missing(report: SyncReport) -> str:
    number = len(report.missing)
    text = ngettext(
        "%d person is on the team but not in the file. Nobody is taken out unless you"
        " do it, under Training → People:",
        "%d people are on the team but not in the file. Nobody is taken out unless you"
        " do it, under Training → People:",
        number,
    )
    return text % number
