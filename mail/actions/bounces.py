"""Marking addresses from which mail comes back, and trying them again.

Every action is safe to call again.
"""

import datetime as dt
from enum import Enum, auto

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from mail.events import mail_bounced
from mail.models import FailingAddress, Message
from mail.rules.bounces import Bounce

# What was not sent for longer than this is not sent any more.
STALE = dt.timedelta(days=14)


class BounceOutcome(Enum):
    """What was done about a message that may say that others came back."""

    NOTED = auto()
    KNOWN = auto()
    NO_BOUNCE = auto()
    TEMPORARY = auto()
    UNKNOWN_MESSAGE = auto()
    OTHER_ADDRESS = auto()


@transaction.atomic
def take_bounce(*, bounce: Bounce | None, at: dt.datetime) -> BounceOutcome:
    """Note on the messages that it names that they came back, and mark the address.

    Anybody can write a bounce. So it must name a message that was sent, and the address
    that this went to; else nothing changes.
    """
    if bounce is None:
        return BounceOutcome.NO_BOUNCE
    if not bounce.failed:
        return BounceOutcome.TEMPORARY
    tried = [Message.State.SENT, Message.State.SENDING]
    rows = Message.objects.filter(uuid__in=bounce.named, state__in=tried)
    named = list(rows.select_related("recipient").order_by("pk"))
    if not named:
        return BounceOutcome.UNKNOWN_MESSAGE
    ours = [message for message in named if message.sent_to in bounce.failed]
    if not ours:
        return BounceOutcome.OTHER_ADDRESS
    noted = [_note(message, bounce.reason, at) for message in ours]
    return BounceOutcome.NOTED if any(noted) else BounceOutcome.KNOWN


def _note(message, reason, at):
    """Return whether this is news."""
    fresh = Message.objects.filter(pk=message.pk, bounced_at=None)
    if not fresh.update(bounced_at=at, error=reason):
        return False
    if not _is_marked(message, at):
        mail_bounced.publish(message=message, at=at)
    return True


def _is_marked(message, at):
    """Mark the address if it is that of an account; return whether it was before."""
    if not User.objects.filter(email=message.sent_to).exists():
        return False
    _mark, is_new = FailingAddress.objects.get_or_create(
        address=message.sent_to, defaults={"message": message, "since": at}
    )
    return not is_new


def try_address_again(*, user: User) -> bool:
    """Take the mark from the account's address; return whether there was one."""
    found, _rows = FailingAddress.objects.filter(address=user.email).delete()
    return bool(found)


@transaction.atomic
def queue_undelivered(*, at: dt.datetime) -> int:
    """Queue what was not sent to addresses that were changed or are tried again.

    It is only sent if it still applies. Marks on addresses that nobody has any more are
    deleted. Returns how many are queued.
    """
    marks = FailingAddress.objects.all()
    marks.exclude(address__in=User.objects.values("email")).delete()
    failing = Q(recipient__email__in=marks.values("address"), address="")
    lost = Message.objects.filter(
        state=Message.State.UNDELIVERED, scheduled_for__gt=at - STALE
    ).exclude(failing | Q(address__in=marks.values("address")))
    return lost.update(state=Message.State.QUEUED, tries=0, claimed_at=None)
