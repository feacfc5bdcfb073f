"""Mail that has been kept long enough, for the retention rules."""

import datetime as dt

from django.db.models import QuerySet

from accounts.actions.retention import RetentionRule
from mail.models import Message


def _old_messages(before: dt.datetime) -> QuerySet[Message]:
    done = [Message.State.SENT, Message.State.DROPPED, Message.State.FAILED]
    return Message.objects.filter(state__in=done, scheduled_for__lt=before)


RULES = (RetentionRule("mail sent or dropped", "RETENTION_MAIL_MONTHS", _old_messages),)
