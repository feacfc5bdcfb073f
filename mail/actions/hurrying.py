"""Have a worker send mail at once, if one is running."""

import datetime as dt
from collections.abc import Collection

from jobs.actions.queueing import queue_task
from jobs.queries import worker_listens
from mail.account_mail import AccountMail
from mail.actions.planning import queue_messages
from mail.models import Message

SEND_ONE = "mail.send_one"
SEND_DUE = "mail.send_due"
# How many messages a task sends.
AT_ONCE = 25
# If a worker has not sent it by then, the mail server is not responding.
SOON = dt.timedelta(minutes=1)


def sends_soon(*, at: dt.datetime) -> bool:
    """Return whether mail about an account that is stored now is sent within seconds.

    True if a worker is running and no such mail has been waiting for long.
    """
    stuck = Message.objects.waiting(at).filter(
        kind=AccountMail.code, created_at__lt=at - SOON
    )
    return worker_listens(at=at) and not stuck.exists()


def send_soon(messages: Collection[Message], *, at: dt.datetime) -> None:
    """Put the messages into the outbox; if a worker listens, it sends them now.

    Otherwise they are sent with other due mail, within minutes. More than `AT_ONCE`
    messages, such as those of a roster, do not go before other background work.
    """
    if not messages:
        return
    queue_messages(messages)
    if worker_listens(at=at):
        queue_task(SEND_DUE, urgent=len(messages) <= AT_ONCE)
