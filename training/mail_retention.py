"""Which mail has been kept long enough, for the retention rules."""

import datetime as dt

from django.db.models import QuerySet

from accounts.retention import RetentionRule
from training.models import Notice


def _old_notices(before: dt.datetime) -> QuerySet[Notice]:
    done = [Notice.State.SENT, Notice.State.DROPPED, Notice.State.FAILED]
    return Notice.objects.filter(state__in=done, scheduled_for__lt=before)


RULES = (
    RetentionRule("mail sent or dropped", "RETENTION_NOTICES_MONTHS", _old_notices),
)
