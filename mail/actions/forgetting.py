"""What happens to mail when a person is erased: rows are kept, texts are not."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.queries.mentions import text_mentions
from mail.models import FailingAddress, Message
from mail.queries import messages_to


@transaction.atomic
def forget_account(user: User, at: dt.datetime) -> None:
    """Remove the account's address from its mail, and texts naming it from others'."""
    FailingAddress.objects.filter(address=user.email).delete()
    own = messages_to(user)
    blank_messages(own)
    own.update(address="", recipient=None)
    # Mail to others: deletion requests, and who stands in for whom.
    blank_messages(Message.objects.filter(text_mentions("text", user)))
    forget_facts_naming(user)


def forget_facts_naming(user: User | None) -> None:
    """Blank facts about the user in messages to other people."""
    Message.objects.filter(text_mentions("why", user)).update(why={})


def blank_messages(messages: QuerySet[Message]) -> None:
    """Drop waiting messages, and blank errors, which may contain the address.

    A message being sent loses its claim, so that its text is not stored.
    """
    waiting = [Message.State.QUEUED, Message.State.FAILED, Message.State.UNDELIVERED]
    messages.filter(state__in=waiting).update(state=Message.State.DROPPED)
    messages.update(why={}, error="", subject="", text="", claimed_by=None)
