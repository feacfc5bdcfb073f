"""What becomes of mail when a person is forgotten: rows stay, for counts; words go."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries.mentions import text_mentions
from mail.models import Message
from mail.queries import messages_to


@transaction.atomic
def forget_account(user: User, at: dt.datetime) -> None:
    """Take the account's address from its mail, and words that name it from others'."""
    own = messages_to(user)
    blank_messages(own)
    own.update(address="", recipient=None)
    # To others: that somebody asks for deletion, who does something instead of whom.
    blank_messages(Message.objects.filter(text_mentions("text", user)))
    forget_facts_naming(user)


def forget_facts_naming(user: User | None) -> None:
    """Blank what messages to others say of the user in their facts."""
    Message.objects.filter(text_mentions("why", user)).update(why={})


def blank_messages(messages: QuerySet[Message]) -> None:
    """Send none that waits; what a mail server answered may hold the address.

    One that is being sent loses its claim, so that its words are not kept after all.
    """
    waiting = Q(state__in=[Message.State.QUEUED, Message.State.FAILED])
    messages.filter(waiting).update(state=Message.State.DROPPED)
    messages.update(why={}, error="", subject="", text="", claimed_by=None)
