"""Mail that has been kept long enough, for the retention rules."""

import datetime as dt

from django.db.models import QuerySet

from accounts.actions.retention import RetentionRule
from mail.models import Message


def _old_messages(before: dt.datetime) -> QuerySet[Message]:
    open_states = [Message.State.QUEUED, Message.State.SENDING]
    return Message.objects.filter(scheduled_for__lt=before).exclude(
        state__in=open_states
    )


RULES = (RetentionRule("mail sent or dropped", "RETENTION_MAIL_MONTHS", _old_messages),)
