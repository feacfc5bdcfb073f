"""Having a worker send mail at once, where there is one."""

import datetime as dt
from collections.abc import Collection

from jobs.actions.queueing import queue_task
from jobs.queries import worker_listens
from mail.account_mail import AccountMail
from mail.actions.planning import queue_messages
from mail.models import Message

SEND_ONE = "mail.send_one"
SEND_DUE = "mail.send_due"
# After so long a worker should have sent it: the mail server does not answer.
SOON = dt.timedelta(minutes=1)


def sends_soon(*, at: dt.datetime) -> bool:
    """Return whether mail about an account leaves within seconds when it is kept now.

    So it does while a worker listens and nothing of that kind waits for long.
    """
    stuck = Message.objects.waiting(at).filter(
        kind=AccountMail.code, created_at__lt=at - SOON
    )
    return worker_listens(at=at) and not stuck.exists()


def send_soon(messages: Collection[Message], *, at: dt.datetime) -> None:
    """Put the messages into the outbox; where a worker listens, it sends them now.

    Otherwise they are sent with what else is due, within minutes.
    """
    if not messages:
        return
    queue_messages(messages)
    if worker_listens(at=at):
        queue_task(SEND_DUE, urgent=True)
