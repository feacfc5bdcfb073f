"""How one person's cycle changes with the rule, and how it is renewed.

This module reads no clock and writes nothing: actions use it to make changes, and the
simulation uses it to preview them.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from training.assignments.models import Assignment, Obligation
from training.assignments.rules import due


@dataclass(frozen=True)
class Revision:
    """A current cycle as it would be under the changed rule."""

    obligation: Obligation
    cycle: due.Cycle
    requirement: dict[str, Any]

    @property
    def before(self) -> dict[str, Any]:
        return _terms(self.obligation.window, self.obligation.requirement)

    @property
    def after(self) -> dict[str, Any]:
        return _terms(self.cycle, self.requirement)


def _terms(cycle, requirement):
    return {
        "opens": cycle.opens_at.isoformat(),
        "due": cycle.due_at.isoformat(),
        "requirement": requirement,
    }


def revisions_by(
    before: Assignment, after: Assignment, asked: Collection[int]
) -> list[Revision]:
    """Return the learners' current cycles that would change. One query.

    What is done does not change. A cycle that renews another keeps its due date,
    because that is the day on which the other one expires.
    """
    rows = before.obligations.unsatisfied().newest_cycle()
    found = [
        _revised(row, before, after)
        for row in rows.select_related("learner__user", "team")
        if row.learner_id in asked
    ]
    return [revision for revision in found if revision.before != revision.after]


def _revised(row, before, after):
    cycle = row.window
    if row.cycle == 1:
        cycle = due.moved_cycle(before.timing, after.timing, cycle, row.time_zone)
    return Revision(row, cycle, after.requirement_of(row.cycle).as_json())


def renewal_of(rule: Assignment, row: Obligation, at: dt.datetime) -> due.Cycle | None:
    """Return the cycle after one that is done, or counts as done on its due date.

    None if the rule does not recur. People who did it before the rule became recurring,
    and whose completion would already have expired, get the full window from now on.
    """
    if not rule.recurs_every_months:
        return None
    if row.expires_at:
        return due.next_cycle(rule.timing, row.expires_at, row.time_zone)
    done_at = row.satisfied_at or row.due_at
    expires_at = due.expiry_of(rule.timing, done_at, row.previous_expiry, row.time_zone)
    if row.satisfied_at and expires_at < at:
        return due.window_from(rule.timing, at, row.time_zone)
    return due.next_cycle(rule.timing, expires_at, row.time_zone)
