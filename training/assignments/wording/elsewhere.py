"""What was completed elsewhere, in words."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.assignments.models import Obligation, Status
from training.assignments.rules import due
from training.assignments.rules.elsewhere import CompletionEffect, ElsewhereVerdict


def status_in_words(status: TextChoices, *, elsewhere: bool) -> str:
    """Return the status, marked if it was done elsewhere."""
    if elsewhere and status == Status.DONE:
        return _("done elsewhere")
    if elsewhere and status == Status.EXPIRED:
        return _("done elsewhere, expired")
    return str(status.label)


def effects_in_words(effects: Iterable[CompletionEffect]) -> list[str]:
    """Return what a completion counts for, or why not, as sentences."""
    sentences = [_effect(each) for each in effects]
    return sentences or [
        _("This person is not asked for this course, so it counts for nothing yet.")
    ]


def _effect(effect):
    texts = {
        ElsewhereVerdict.COUNTS: _("It counts for “%(title)s”."),
        ElsewhereVerdict.NOT_ACCEPTED: _(
            "It does not count for “%(title)s”, which does not accept completions from "
            "elsewhere."
        ),
        ElsewhereVerdict.TOO_EARLY: _(
            "It does not count for “%(title)s”, which was asked for later and does not "
            "count previous completions."
        ),
        None: _("It changes nothing for “%(title)s”, which was already done."),
    }
    return texts[effect.verdict] % {"title": effect.assignment}


def cycle_in_words(row: Obligation, verdict: ElsewhereVerdict | None) -> str:
    """Return what is asked of a person now, for them to read; needs `with_status`.

    `verdict` says whether something completed elsewhere counts for it.
    """
    facts = {
        "title": row.assignment.title,
        "due": _day(row.effective_due_at, row),
        "until": row.expires_at and _day(row.expires_at, row),
    }
    sentence = _status_sentence(row) % facts
    why_not = {
        ElsewhereVerdict.NOT_ACCEPTED: _("It has to be done on this site."),
        ElsewhereVerdict.TOO_EARLY: _(
            "It was asked of you later, and what was done before does not count."
        ),
    }
    if row.satisfied_at or verdict not in why_not:
        return sentence
    return f"{sentence} {why_not[verdict]}"


def _status_sentence(row):
    if row.status == Status.DONE and row.expires_at:
        return _("“%(title)s” is done, and is valid until %(until)s.")
    return {
        Status.DONE: _("“%(title)s” is done."),
        Status.EXPIRED: _("“%(title)s” was done, but that ran out on %(until)s."),
        Status.WAIVED: _("You are excused from “%(title)s”."),
        Status.PAUSED: _("“%(title)s” cannot be done at the moment, so it is paused."),
        Status.OVERDUE: _("“%(title)s” still has to be done. It was due on %(due)s."),
    }.get(row.status, _("“%(title)s” has to be done by %(due)s."))


def _day(moment, row):
    return date_format(due.day_in(moment, row.time_zone))
