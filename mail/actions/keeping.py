"""Keeping mail about accounts in the outbox while the mail server takes none."""

import datetime as dt
import uuid

from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from mail.account_mail import AccountMail
from mail.models import Message

# As long as a session of somebody not signed in.
STRANGERS_LAST = dt.timedelta(hours=1)


def keep_email(
    *,
    message: EmailMultiAlternatives,
    about: User | None,
    at: dt.datetime,
    until: dt.datetime,
) -> None:
    """Put it into the outbox, once for each address, not to be sent after `until`.

    It belongs to whom it is about, or else to whose address it is.
    """
    for address in message.to:
        user = about or User.objects.filter(email__iexact=address).first()
        Message.objects.create(
            kind=AccountMail.code,
            recipient=user,
            address=address,
            recipient_key=f"user:{user.pk}" if user else "nobody",
            topic_key=f"message:{uuid.uuid4()}",
            scheduled_for=at,
            created_at=at,
            why={"until": until.isoformat()},
            subject=message.subject[:255],
            text=message.body,
        )


def forget_strangers(*, at: dt.datetime) -> None:
    """Leave no address for longer than an hour that was typed by who has no account."""
    over = Message.objects.filter(
        kind=AccountMail.code,
        recipient=None,
        created_at__lte=at - STRANGERS_LAST,
    ).exclude(address="")
    over.filter(state__in=[Message.State.QUEUED, Message.State.FAILED]).update(
        state=Message.State.DROPPED
    )
    over.update(address="", subject="", text="")
