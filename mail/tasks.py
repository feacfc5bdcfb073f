"""Sending what somebody waits for, by a worker, within seconds.

While the mail server does not answer, what is due waits for the next round of
`send_due_reminders`; what was sent is not sent again.
"""

from django.utils import timezone

from jobs.actions.queueing import queue_task
from mail.actions.hurrying import SEND_DUE
from mail.actions.keeping import forget_if_sent
from mail.actions.sending import send_due_messages
from mail.models import Message

# What was asked for meanwhile goes between two of these.
AT_ONCE = 25


def send_one(key: int) -> None:
    """Send the message, an e-mail about an account, and forget it."""
    send_due_messages(at=timezone.now(), only=key)
    forget_if_sent(key=key)


def send_due() -> None:
    """Send some of what is due, and queue this task again where more is."""
    at = timezone.now()
    tally = send_due_messages(at=at, limit=AT_ONCE)
    moved = tally.sent + tally.dropped
    if moved and Message.objects.waiting(at).exists():
        queue_task(SEND_DUE, urgent=True)
