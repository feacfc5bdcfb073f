"""How long each kind of record is kept, and deleting older ones.

Each room adds its records in `AppConfig.ready()`. The months come from the settings;
with 0, a kind is kept indefinitely.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.actions.learners import erase_learner


@dataclass(frozen=True)
class RetentionRule:
    """One kind of record: `ended_before` finds those that ended before a moment.

    With `of_people` it finds learners, who are erased, not deleted: their answers are
    kept for statistics.
    """

    name: str
    setting: str
    ended_before: Callable[[dt.datetime], QuerySet]
    of_people: bool = False


@dataclass(frozen=True)
class RetentionResult:
    """The result of one rule; `months` 0 means that the kind is kept indefinitely."""

    name: str
    months: int
    count: int


_rules: list[RetentionRule] = []


def add_retention_rule(rule: RetentionRule) -> None:
    """Register this kind of record, to be deleted when older than its setting."""
    _rules.append(rule)


def apply_retention(*, at: dt.datetime, dry_run: bool) -> list[RetentionResult]:
    """Delete records older than the settings say; return how many of each kind.

    Safe to call again. With `dry_run`, nothing is deleted.
    """
    return [_apply(rule, at, dry_run) for rule in _rules]


def _apply(rule, at, dry_run):
    months = getattr(settings, rule.setting)
    if not months:
        return RetentionResult(rule.name, 0, 0)
    rows = rule.ended_before(at - relativedelta(months=months))
    if dry_run:
        return RetentionResult(rule.name, months, rows.count())
    if rule.of_people:
        erased = sum(_erase(rows, row, at) for row in rows)
        return RetentionResult(rule.name, months, erased)
    return RetentionResult(rule.name, months, rows.delete()[0])


@transaction.atomic
def _erase(rows, learner, at):
    if not rows.filter(pk=learner.pk).exists():
        return 0
    erase_learner(learner=learner, at=at)
    return 1
