"""Answers that have been kept long enough, for the retention rules."""

import datetime as dt

from django.db.models import QuerySet

from accounts.actions.retention import RetentionRule
from clarity.models import ClarityAnswer


def _old_answers(before: dt.datetime) -> QuerySet[ClarityAnswer]:
    return ClarityAnswer.objects.filter(given_on__lt=before.date())


RULES = (
    RetentionRule(
        "answers to “Was this clear?”", "RETENTION_CLARITY_MONTHS", _old_answers
    ),
)
