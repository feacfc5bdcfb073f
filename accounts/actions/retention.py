"""How long each kind of record is kept, and letting go of what is older.

Each room adds what it holds in `AppConfig.ready()`. Months come from the settings; 0
keeps a kind for ever.
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
    """One kind of record: `ended_before` finds what ended before a moment.

    Where it finds learners, `of_people` says that they are erased, not deleted: their
    answers stay, for counts.
    """

    name: str
    setting: str
    ended_before: Callable[[dt.datetime], QuerySet]
    of_people: bool = False


@dataclass(frozen=True)
class RetentionResult:
    """What came of one rule; `months` 0 means that the kind is kept for ever."""

    name: str
    months: int
    count: int


_rules: list[RetentionRule] = []


def add_retention_rule(rule: RetentionRule) -> None:
    """Have this kind of record deleted when it is older than its setting says."""
    _rules.append(rule)


def apply_retention(*, at: dt.datetime, dry_run: bool) -> list[RetentionResult]:
    """Delete what is older than the settings say, and return how much of each kind.

    Safe to call again. With `dry_run` nothing is deleted.
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
