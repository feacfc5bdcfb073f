"""Who sees which mail. Rooms above answer it for what they know; nobody else sees any."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from mail.models import Message


@dataclass(frozen=True)
class MailReaders:
    """Whom a room shows the log of mail, and which messages.

    `seen_by` and `run_by` return conditions on messages; who runs one may have it sent
    once more.
    """

    may_enter: Callable[[User], bool]
    seen_by: Callable[[User], Q]
    run_by: Callable[[User], Q]


_readers: list[MailReaders] = []


def register_readers(readers: MailReaders) -> None:
    """Let a room show messages to the people it knows, in `AppConfig.ready()`."""
    _readers.append(readers)


def may_read_mail(user: User) -> bool:
    """Return whether the log of mail is open to the user at all."""
    return any(each.may_enter(user) for each in _readers)


def messages_seen_by(user: User) -> QuerySet[Message]:
    """Return the messages that some room shows the user."""
    return _messages([each.seen_by(user) for each in _readers])


def messages_run_by(user: User) -> QuerySet[Message]:
    """Return the messages that the user may have sent once more."""
    return _messages([each.run_by(user) for each in _readers])


def _messages(conditions):
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return Message.objects.filter(found)
