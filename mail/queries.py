"""Queries over the outbox: what messages are about, and one person's mail."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from accounts.models import User
from mail.kinds import MessageText, kind_of, known_codes, registered_kinds
from mail.models import FailingAddress, Message

# Not the texts: those of some kinds are shown to nobody.
SEARCHED = (
    "recipient__first_name",
    "recipient__last_name",
    "recipient__email",
    "address",
    "why__title",
)


def load_about(messages: Sequence[Message]) -> None:
    """Load what the messages are about, in one query per model."""
    rows = {}
    for kind in registered_kinds():
        found = kind.about_rows()
        if found is not None:
            rows.setdefault(found.model, found)
    prefetch_related_objects(messages, GenericPrefetch("about", list(rows.values())))


def current_facts(messages: Sequence[Message], at: dt.datetime) -> dict[int, Any]:
    """Return primary key → the current facts for each message, from its kind.

    Kinds that inherit the same `current_facts` are looked up together.
    """
    asked = defaultdict(list)
    for message in messages:
        asked[kind_of(message).current_facts].append(message)
    found: dict[int, Any] = {}
    for ask, some in asked.items():
        found |= ask(some, at)
    return found


def write_message(
    message: Message, at: dt.datetime, facts: Any = None
) -> MessageText | None:
    """Return the message as it would be now, or None if it should not be sent."""
    recipient = message.recipient
    has_reader = message.address or (recipient and recipient.is_active)
    return kind_of(message).write_message(message, at, facts) if has_reader else None


def preview_message(message: Message, at: dt.datetime) -> MessageText | None:
    """Return what would be sent now, or None if nothing would be."""
    over = message.state in (Message.State.SENT, Message.State.DROPPED)
    if over or not kind_of(message).shows_text:
        return None
    facts = current_facts([message], at)
    return write_message(message, at, facts.get(message.pk))


def failing_among(messages: Iterable[Message]) -> set[int]:
    """Return the keys of the messages that are not sent, because mail comes back."""
    held = [each for each in messages if not kind_of(each).tries_failing_addresses]
    marks = FailingAddress.objects.filter(address__in={each.sent_to for each in held})
    failing = set(marks.values_list("address", flat=True))
    return {each.pk for each in held if each.sent_to in failing}


def failing_address_of(user: User | None) -> FailingAddress | None:
    """Return the mark on the account's address, with what came back, if there is one."""
    marks = FailingAddress.objects.select_related("message")
    return marks.filter(address=user.email).first() if user else None


def unknown_messages() -> dict[str, int]:
    """Return code → how many messages of this unknown kind are waiting."""
    rows = Message.objects.filter(state=Message.State.QUEUED)
    strange = rows.exclude(kind__in=known_codes()).order_by("kind")
    return dict(strange.values_list("kind").annotate(number=Count("pk")))


def search_messages(rows: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Return the messages in which each word is found.

    They are looked for in the recipient, in the kind, and in what it is about.
    """
    for word in text.split():
        kinds = [
            kind.code
            for kind in registered_kinds()
            if word.casefold() in str(kind.label).casefold()
        ]
        has_it = Q(kind__in=kinds)
        for field in SEARCHED:
            has_it |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(has_it)
    return rows


def messages_to(user: User) -> QuerySet[Message]:
    """Return messages to the account, or to its address as a manager's."""
    return Message.objects.filter(Q(recipient=user) | Q(address__iexact=user.email))


def mail_record(user: User) -> list[dict[str, Any]]:
    """Return the mail that was or will be sent to the account."""
    return [
        {
            "kind": row.kind,
            "about": row.topic_key,
            "address": row.address,
            "planned_for": row.scheduled_for.isoformat(),
            "state": row.state,
            "sent": row.sent_at and row.sent_at.isoformat(),
            "came_back": row.bounced_at and row.bounced_at.isoformat(),
            "reason": row.error if row.bounced_at else "",
            "why": row.why,
        }
        for row in messages_to(user).order_by("scheduled_for", "pk")
    ]
