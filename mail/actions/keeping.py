"""Keeping mail about accounts in the outbox: for seconds, or while mail is down."""

import datetime as dt
import uuid

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from accounts.models import User
from jobs.actions.queueing import queue_task
from jobs.queries import worker_listens
from mail.account_mail import AccountMail
from mail.actions.hurrying import SEND_ONE
from mail.models import Message

# As long as a session of somebody who is not signed in.
STRANGERS_LAST = dt.timedelta(hours=1)


@transaction.atomic
def keep_email(
    *,
    message: EmailMultiAlternatives,
    about: User | None,
    at: dt.datetime,
    until: dt.datetime,
) -> None:
    """Put it into the outbox, once per address, not to be sent after `until`.

    It belongs to the user it is about, or else to the address's owner. Where a worker
    listens, it sends it now.
    """
    listens = worker_listens(at=at)
    for address in message.to:
        user = about or User.objects.filter(email__iexact=address).first()
        kept = Message.objects.create(
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
        if listens:
            queue_task(SEND_ONE, kept.pk, urgent=True)


def forget_if_sent(*, key: int) -> None:
    """Delete the message once it is sent: when somebody signs in is private."""
    sent = Message.objects.filter(kind=AccountMail.code, state=Message.State.SENT)
    sent.filter(pk=key).delete()


def forget_strangers(*, at: dt.datetime) -> None:
    """Delete addresses typed by people without an account after an hour."""
    over = Message.objects.filter(
        kind=AccountMail.code,
        recipient=None,
        created_at__lte=at - STRANGERS_LAST,
    ).exclude(address="")
    over.filter(state__in=[Message.State.QUEUED, Message.State.FAILED]).update(
        state=Message.State.DROPPED
    )
    over.update(address="", subject="", text="")
