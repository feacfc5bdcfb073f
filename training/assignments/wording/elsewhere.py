"""What was completed elsewhere, in words."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from training.assignments.models import Status
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
