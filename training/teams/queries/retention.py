"""Rows that expire by themselves, for the retention rules."""

import datetime as dt

from django.db.models import Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.actions.retention import RetentionRule
from training.teams import log
from training.teams.models import Invitation, JoinLink


def _old_invitations(before: dt.datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=before)


def _old_links(before: dt.datetime) -> QuerySet[JoinLink]:
    return JoinLink.objects.filter(Q(closed_at__lt=before) | Q(expires_at__lt=before))


def _old_log(before: dt.datetime) -> QuerySet[ModelLogEntry]:
    return log.training_entries().filter(timestamp__lt=before)


RULES = (
    RetentionRule(
        "expired invitations", "RETENTION_INVITATIONS_MONTHS", _old_invitations
    ),
    RetentionRule("expired join links", "RETENTION_INVITATIONS_MONTHS", _old_links),
    RetentionRule("entries in the training log", "RETENTION_LOG_MONTHS", _old_log),
)
