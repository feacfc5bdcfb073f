"""Who can see which mail. Rooms above decide this for their kinds of mail."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from mail.models import Message


@dataclass(frozen=True)
class MailReaders:
    """The people to whom a room shows the mail log, and which messages.

    `seen_by` and `run_by` return conditions on messages; users who run one may send it
    again.
    """

    may_enter: Callable[[User], bool]
    seen_by: Callable[[User], Q]
    run_by: Callable[[User], Q]


_readers: list[MailReaders] = []


def register_readers(readers: MailReaders) -> None:
    """Let a room show messages to its users; called in `AppConfig.ready()`."""
    _readers.append(readers)


def may_read_mail(user: User) -> bool:
    """Return whether the user may open the mail log."""
    return any(each.may_enter(user) for each in _readers)


def messages_seen_by(user: User) -> QuerySet[Message]:
    """Return the messages that any room shows to the user."""
    return _messages([each.seen_by(user) for each in _readers])


def messages_run_by(user: User) -> QuerySet[Message]:
    """Return the messages that the user may send again."""
    return _messages([each.run_by(user) for each in _readers])


def _messages(conditions):
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return Message.objects.filter(found)
