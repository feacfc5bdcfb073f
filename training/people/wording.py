"""What became of people for whom something was done at once, in words."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, ngettext_lazy

from training.people.models import BulkAct
from training.teams.rules.bulk import BulkOutcome

_LEFT = ngettext_lazy(
    "%(n)d person has left in the meantime.",
    "%(n)d people have left in the meantime.",
    "n",
)
_NOT_YOURS = ngettext_lazy(
    "%(n)d person is in a team that you may not change.",
    "%(n)d people are in teams that you may not change.",
    "n",
)
OF_VERB = {
    "remind": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person gets a reminder.", "%(n)d people get a reminder.", "n"
        ),
        BulkOutcome.TODAY: ngettext_lazy(
            "%(n)d person has a reminder for that day already.",
            "%(n)d people have a reminder for that day already.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person has nothing to do.", "%(n)d people have nothing to do.", "n"
        ),
    },
    "invite": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person is invited again.", "%(n)d people are invited again.", "n"
        ),
        BulkOutcome.TODAY: ngettext_lazy(
            "%(n)d person was already invited today.",
            "%(n)d people were already invited today.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person has already come in.",
            "%(n)d people have already come in.",
            "n",
        ),
    },
    "assign": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person is asked for it now.",
            "%(n)d people are asked for it now.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person was asked for it already.",
            "%(n)d people were asked for it already.",
            "n",
        ),
    },
    "ask-again": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person is asked again.", "%(n)d people are asked again.", "n"
        ),
        BulkOutcome.REFUSED: ngettext_lazy(
            "For %(n)d person, this day is over already.",
            "For %(n)d people, this day is over already.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person has not done it, or is no longer asked.",
            "%(n)d people have not done it, or are no longer asked.",
            "n",
        ),
    },
    "extend": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person has the new date.", "%(n)d people have the new date.", "n"
        ),
        BulkOutcome.REFUSED: ngettext_lazy(
            "%(n)d person has a date that is as late, or later.",
            "%(n)d people have a date that is as late, or later.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person does not have to do it.",
            "%(n)d people do not have to do it.",
            "n",
        ),
    },
    "waive": {
        BulkOutcome.DONE: ngettext_lazy(
            "It is waived for %(n)d person.", "It is waived for %(n)d people.", "n"
        ),
        BulkOutcome.REFUSED: ngettext_lazy(
            "It was waived for %(n)d person already.",
            "It was waived for %(n)d people already.",
            "n",
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person does not have to do it.",
            "%(n)d people do not have to do it.",
            "n",
        ),
    },
    "move": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person has moved.", "%(n)d people have moved.", "n"
        ),
        BulkOutcome.NOT_NEEDED: ngettext_lazy(
            "%(n)d person is in that team already.",
            "%(n)d people are in that team already.",
            "n",
        ),
    },
    "take-out": {
        BulkOutcome.DONE: ngettext_lazy(
            "%(n)d person is no longer on the team.",
            "%(n)d people are no longer on their teams.",
            "n",
        ),
    },
    "undo": {
        BulkOutcome.DONE: ngettext_lazy(
            "It was undone for %(n)d person.", "It was undone for %(n)d people.", "n"
        ),
        BulkOutcome.REFUSED: ngettext_lazy(
            "For %(n)d person, something has changed since, so it stays as it is.",
            "For %(n)d people, something has changed since, so it stays as it is.",
            "n",
        ),
    },
}


def describe_act(act: BulkAct) -> str:
    """Return what was done for how many people, and when, in the site's time zone."""
    done = {BulkOutcome.DONE: len(act.people)}
    moment = date_format(timezone.localtime(act.done_at), "DATETIME_FORMAT")
    return f"{moment}: {describe_outcomes(act.verb, done)[0]}"


def describe_outcomes(verb: str, counts: Mapping[BulkOutcome, int]) -> list[str]:
    """Return a sentence for each outcome that somebody has; never nothing."""
    shared = {BulkOutcome.LEFT: _LEFT, BulkOutcome.NOT_YOURS: _NOT_YOURS}
    sentences = OF_VERB[verb] | shared
    found = [
        sentences[each] % {"n": counts[each]}
        for each in BulkOutcome
        if counts.get(each)
    ]
    return found or [ngettext("%(n)d person.", "%(n)d people.", 0) % {"n": 0}]
