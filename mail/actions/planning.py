"""Putting messages into the outbox, each only once. Safe to call again."""

import datetime as dt
from collections.abc import Collection

from mail.kinds import Planning, registered_kinds
from mail.models import Message


def queue_messages(messages: Collection[Message]) -> None:
    """Put messages into the outbox unless they are already there.

    The unique key prevents duplicates, even with two workers at once.
    """
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)


def plan_messages(*, at: dt.datetime) -> int:
    """Queue the messages that each kind plans now; return how many are new."""
    planning = Planning(at)
    planned = [
        message
        for kind in registered_kinds()
        for message in kind.plan_messages(planning)
    ]
    there = set(
        Message.objects.filter(
            scheduled_for__in={message.scheduled_for for message in planned}
        ).values_list("kind", "recipient_key", "topic_key", "scheduled_for")
    )
    fresh = [message for message in planned if message.key not in there]
    queue_messages(fresh)
    return len(fresh)
