"""Keeping mail about accounts in the outbox while the mail server takes none."""

import datetime as dt
import uuid

from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from training.models import Notice

# As long as a session of somebody not signed in.
STRANGERS_LAST = dt.timedelta(hours=1)


def keep_message(
    *,
    message: EmailMultiAlternatives,
    about: User | None,
    at: dt.datetime,
    until: dt.datetime,
) -> None:
    """Put it into the outbox, one notice for each address, not to be sent after `until`.

    It belongs to whom it is about, or else to whose address it is.
    """
    for address in message.to:
        user = about or User.objects.filter(email__iexact=address).first()
        Notice.objects.create(
            kind=Notice.Kind.ACCOUNT,
            recipient=user,
            address=address,
            recipient_key=f"user:{user.pk}" if user else "nobody",
            subject_key=f"message:{uuid.uuid4()}",
            scheduled_for=at,
            created_at=at,
            why={"until": until.isoformat()},
            subject=message.subject[:255],
            text=message.body,
        )


def forget_strangers(*, at: dt.datetime) -> None:
    """Leave no address for longer than an hour that was typed by who has no account."""
    over = Notice.objects.filter(
        kind=Notice.Kind.ACCOUNT,
        recipient=None,
        created_at__lte=at - STRANGERS_LAST,
    ).exclude(address="")
    over.filter(state__in=[Notice.State.QUEUED, Notice.State.FAILED]).update(
        state=Notice.State.DROPPED
    )
    over.update(address="", subject="", text="")
