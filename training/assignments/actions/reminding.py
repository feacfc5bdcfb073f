"""Reminding people by hand, each once a day. Safe to call again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from mail.actions.hurrying import send_soon
from mail.models import Message
from training.assignments.kinds.remind_now import (
    RemindNowMail,
    is_about,
    own_to_do,
    reminder_to,
)
from training.assignments.models import Obligation
from training.teams import log
from training.teams.actions.many import lock_people
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome


@transaction.atomic
def remind_people(
    *, people: Iterable[Membership], words: str, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Send each person what they still have to do, with the trainer's own words.

    Nobody gets a second reminder on the same day, in whatever team. In quiet hours the
    mail waits for their end. Returns what became of how many.
    """
    asked = list(people)
    rows = lock_people(asked)
    counts = Counter({BulkOutcome.LEFT: len(asked) - len(rows)})
    chosen = []
    for row, message, outcome in _plan(rows, words, by, at):
        counts[outcome] += 1
        if outcome == BulkOutcome.DONE:
            chosen.append((row, message))
    send_soon([message for _row, message in chosen], at=at)
    facts = {"words": words} if words else {}
    log.log_actions(
        [(row, row.learner, {"team": row.team.name} | facts) for row, _m in chosen],
        "training.reminded",
        user=by,
    )
    return +counts


def _plan(rows: Sequence[Membership], words, by, at):
    """Yield each person, the message and what becomes of it, in a few queries."""
    learners = [row.learner_id for row in rows]
    left = own_to_do(Obligation.objects.filter(learner__in=learners), at)
    messages = [reminder_to(row, words, by, at) for row in rows]
    reminded = _reminded(messages)
    for row, message in zip(rows, messages, strict=True):
        key = (message.recipient_id, message.why["day"])
        if not any(is_about(each, message) for each in left):
            yield row, message, BulkOutcome.NOT_NEEDED
        elif key in reminded:
            yield row, message, BulkOutcome.TODAY
        else:
            # Also for whoever is chosen in two teams.
            reminded.add(key)
            yield row, message, BulkOutcome.DONE


def _reminded(messages):
    """Return the (account, day) of the reminders that were sent before."""
    sent = Message.objects.filter(
        kind=RemindNowMail.code,
        recipient__in=[each.recipient_id for each in messages],
        why__day__in=sorted({each.why["day"] for each in messages}),
    )
    return set(sent.values_list("recipient", "why__day"))
