"""Keeping mail about accounts in the outbox while the mail server takes none."""

import datetime as dt
import uuid

from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from training.models import Notice


def keep_message(
    *, message: EmailMultiAlternatives, at: dt.datetime, until: dt.datetime
) -> None:
    """Put it into the outbox, one notice for each address, not to be sent after `until`."""
    for address in message.to:
        user = User.objects.filter(email__iexact=address).first()
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
