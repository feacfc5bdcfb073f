"""An assignment's rule in words, line by line, so two versions can be compared."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Learner
from training.assignments.models import Assignment
from training.teams.models import Team
from training.teams.queries.people import name_of


class Line(NamedTuple):
    """One part of a rule: its label and text."""

    label: str
    text: str


class Change(NamedTuple):
    """One part of a rule before and after a change."""

    label: str
    before: str
    after: str


def rule_in_words(
    assignment: Assignment, *, who: str, titles: Mapping[str, str]
) -> list[Line]:
    """Return the whole rule. `titles` gives course and lesson titles by key.

    `who` says to whom it is assigned. The assignment may be unsaved.
    """
    return [
        Line(_("Title"), assignment.title),
        Line(_("What"), _what(assignment, titles)),
        Line(_("Who"), who),
        Line(_("People who join later"), _later(assignment)),
        Line(_("Starts"), day_in_words(assignment.starts_on)),
        Line(_("Due"), when_due(assignment)),
        Line(
            _("Passed"),
            pass_mark_in_words(assignment.pass_mark, assignment.attempts_counted),
        ),
        Line(
            _("Also counts"),
            also_counts_in_words(
                prior_counts=assignment.prior_counts,
                anonymous_counts=assignment.anonymous_counts,
                elsewhere_counts=assignment.elsewhere_counts,
            ),
        ),
        Line(_("Recurs"), _again(assignment)),
        Line(_("Reminders"), _reminders(assignment)),
        Line(_("Manager"), _manager(assignment)),
    ]


def rule_changes(before: Iterable[Line], after: Iterable[Line]) -> list[Change]:
    """Return the differences between two versions of a rule."""
    return [
        Change(old.label, old.text, new.text)
        for old, new in zip(before, after, strict=True)
        if old.text != new.text
    ]


def day_in_words(value: dt.date) -> str:
    """Return the day as text."""
    return date_format(value, "DATE_FORMAT")


def days_long(number: int) -> str:
    """Return “1 day” or “7 days”."""
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def _what(assignment, titles):
    unknown = _("a deleted course")
    course = titles.get(str(assignment.course_key), unknown)
    if not assignment.lesson_keys:
        return _("The whole course “%(course)s”") % {"course": course}
    lessons = [titles.get(key, _("a deleted lesson")) for key in assignment.lesson_keys]
    return _("Of the course “%(course)s”: %(lessons)s") % {
        "course": course,
        "lessons": ", ".join(lessons),
    }


def to_whom(teams: Iterable[Team], people: Iterable[Learner]) -> str:
    """Return the names of the teams and people.

    Runs no queries if the people's users are loaded.
    """
    names = sorted(team.name for team in teams)
    addresses = sorted(name_of(person) for person in people)
    return ", ".join(names + addresses) or _("Nobody")


def _later(assignment):
    if assignment.later_joiners:
        return _("Are asked too")
    return _("Are not asked: only people who are in the teams now")


def when_due(assignment: Assignment) -> str:
    """Return the due date, or the number of days after joining."""
    if assignment.due_rule == Assignment.DueRule.ON_A_DATE:
        return _("On %(day)s") % {"day": day_in_words(assignment.due_on)}
    return _("%(days)s after joining") % {"days": days_long(assignment.due_after_days)}


def pass_mark_in_words(pass_mark: int | None, attempts_counted: int | None) -> str:
    """Return what it takes to pass each quiz, in words."""
    words = [_("As the course requires")]
    if pass_mark:
        words.append(_("at least %(mark)d%% in each quiz") % {"mark": pass_mark})
    if attempts_counted:
        counted = ngettext(
            "only the first attempt on each quiz counts",
            "only the first %(n)d attempts on each quiz count",
            attempts_counted,
        )
        words.append(counted % {"n": attempts_counted})
    return "; ".join(words)


def also_counts_in_words(
    *, prior_counts: bool, anonymous_counts: bool, elsewhere_counts: bool
) -> str:
    """Return what counts besides what is done after the start date, signed in."""
    words = []
    if prior_counts:
        words.append(_("Learning before it was asked for"))
    if anonymous_counts:
        words.append(_("Learning without signing in"))
    if elsewhere_counts:
        words.append(_("Completing the course elsewhere, if a trainer records it"))
    return "; ".join(words) or _(
        "Nothing: it must be done after the start date, signed in"
    )


def how_often(assignment: Assignment) -> str:
    """Return “Once only”, or how often it recurs in months."""
    months = assignment.recurs_every_months
    if not months:
        return _("Once only")
    return ngettext("Every month", "Every %(n)d months", months) % {"n": months}


def _again(assignment):
    if not assignment.recurs_every_months:
        return how_often(assignment)
    base = Assignment.RecursFrom(assignment.recurs_from).label
    if assignment.recurs_from == Assignment.RecursFrom.FIXED_DATE:
        base = day_in_words(assignment.recurs_on)
    return _("%(every)s, counted from %(base)s; open %(window)s before it expires") % {
        "every": how_often(assignment),
        "base": base,
        "window": days_long(assignment.window_days),
    }


def _reminders(assignment):
    *others, last = sorted(assignment.remind_days_before, reverse=True) or [None]
    phrase = _("On the due date, and while it is overdue")
    if last is not None:
        phrase = _("%(days)s before, on the due date, and while it is overdue") % {
            "days": ", ".join([*map(str, others), days_long(last)])
        }
    return "; ".join([phrase, *_more_reminders(assignment)])


def _more_reminders(assignment):
    if assignment.remind_half_way:
        yield _("half-way, unless another one is close")
    if assignment.notify_date_changes:
        yield _("when a due date changes")


def _manager(assignment):
    if not assignment.escalate_after_days:
        return _("Not notified")
    return _("Notified when it is %(days)s overdue") % {
        "days": days_long(assignment.escalate_after_days)
    }
