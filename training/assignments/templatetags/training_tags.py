"""Days, statuses, mail and exceptions in words, for the trainers' pages."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.db.models import TextChoices
from django.utils.text import capfirst

from mail.kinds import kind_with
from training.assignments.kinds.steps import ForetoldMail
from training.assignments.models import ExceptionEntry, Status
from training.assignments.rules import due
from training.assignments.rules.forecast import ForecastMail
from training.assignments.wording import assignments
from training.assignments.wording.elsewhere import status_in_words
from training.teams.queries.people import name_of

register = template.Library()


@register.simple_tag
def day_in(moment: dt.datetime, zone: str) -> str:
    """Return the moment's date in the zone."""
    return assignments.day_in_words(due.day_in(moment, zone))


@register.filter
def join_days(days: Iterable[dt.date]) -> str:
    """Return the days as a list in text."""
    return ", ".join(assignments.day_in_words(day) for day in days)


@register.inclusion_tag("training/assignments/includes/status.html")
def status_with_icon(state: str, *, elsewhere: bool = False) -> dict[str, str]:
    """Show the status of an obligation, or of anything with an icon.

    `elsewhere` marks what was done elsewhere, not learnt here.
    """
    choice = state if isinstance(state, TextChoices) else Status(state)
    word = status_in_words(choice, elsewhere=elsewhere)
    return {"icon": choice.icon, "word": word}


@register.simple_tag
def mail_in_words(mail: ForecastMail) -> str:
    """Return a description of the message, and whether it is only sent if late."""
    kind = kind_with(mail.kind)
    if isinstance(kind, ForetoldMail):
        return kind.step_in_words(mail.days)
    return capfirst(str(kind.label))


@register.simple_tag
def exception_in_words(entry: ExceptionEntry, zone: str) -> str:
    """Return the kind of exception, with its day, number or deputy."""
    more = {
        ExceptionEntry.Kind.EXTENSION: lambda: day_in(
            entry.moved_due_at or entry.due_at, zone
        ),
        ExceptionEntry.Kind.EXTRA_ATTEMPTS: lambda: str(entry.extra_attempts),
        ExceptionEntry.Kind.HAND_OVER: lambda: name_of(entry.deputy),
    }.get(entry.kind)
    label = str(entry.get_kind_display())
    return f"{label}: {more()}" if more else label
