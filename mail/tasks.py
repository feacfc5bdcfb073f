"""Send mail that somebody is waiting for, within seconds.

If the mail server does not respond, due mail waits for the next round of
`send_due_reminders`. Nothing is sent twice.
"""

from django.utils import timezone

from jobs.actions.queueing import queue_task
from mail.actions.hurrying import AT_ONCE, SEND_DUE
from mail.actions.keeping import forget_if_sent
from mail.actions.sending import send_due_messages
from mail.models import Message


def send_one(key: int) -> None:
    """Send the message, an e-mail about an account, and forget it."""
    send_due_messages(at=timezone.now(), only=key)
    forget_if_sent(key=key)


def send_due() -> None:
    """Send some of the mail that is due, and queue this task again if there is more.

    The rest is not urgent: other background work is done in between.
    """
    at = timezone.now()
    tally = send_due_messages(at=at, limit=AT_ONCE)
    moved = tally.sent + tally.dropped
    if moved and Message.objects.waiting(at).exists():
        queue_task(SEND_DUE)
