"""Checking whether what was assigned is done. Every action is safe to call again."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Learner
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.completions import completions_by_learner
from training.assignments.queries.contents import live_lesson_keys
from training.assignments.queries.learning import (
    extra_attempts,
    hand_overs,
    learning_of,
)
from training.assignments.rules import due
from training.assignments.rules.elsewhere import CompletedElsewhere, find_completion
from training.assignments.rules.satisfaction import (
    Learning,
    Requirement,
    find_satisfaction,
)
from training.teams import log

BATCH = 500


def mark_satisfied(
    *, learner: Learner, at: dt.datetime, course_key: uuid.UUID | None = None
) -> None:
    """Mark what the learner has done, for themselves or as a deputy.

    Learners without an account have no obligations, so this runs no query for them.
    """
    if learner.user_id is None:
        return
    hand_overs_taken = ExceptionEntry.objects.in_force(at).filter(
        kind=ExceptionEntry.Kind.HAND_OVER, deputy=learner
    )
    owed = Obligation.objects.filter(
        Q(learner=learner) | Q(pk__in=hand_overs_taken.values("obligation"))
    )
    if course_key:
        owed = owed.filter(assignment__course_key=course_key)
    mark_obligations_satisfied(obligations=owed, at=at)


def mark_course_satisfied(*, course_key: uuid.UUID, at: dt.datetime) -> None:
    """Mark what is done in a course whose lessons have changed."""
    owed = Obligation.objects.filter(assignment__course_key=course_key)
    mark_obligations_satisfied(obligations=owed, at=at)


def mark_obligations_satisfied(
    *, obligations: QuerySet[Obligation], at: dt.datetime
) -> int:
    """Mark which of these obligations are done; return how many are newly done."""
    waiting = (
        obligations.unsatisfied()
        .filter(opens_at__lte=at)
        .select_related("assignment", "learner")
        .order_by("pk")
    )
    by_course: dict[uuid.UUID, list[Obligation]] = defaultdict(list)
    for row in waiting:
        by_course[row.assignment.course_key].append(row)
    return sum(
        _mark_batch(rows[start : start + BATCH], course_key, at)
        for course_key, rows in by_course.items()
        for start in range(0, len(rows), BATCH)
    )


@dataclass(frozen=True)
class _BatchFacts:
    """What people learnt here and completed elsewhere, by learner; see `find`."""

    learning: Mapping[int, Sequence[Learning]]
    elsewhere: Mapping[int, Sequence[CompletedElsewhere]]
    deputies: Mapping[int, ExceptionEntry]
    more: Mapping[int, int]
    live: Collection[str]

    def find(self, row: Obligation) -> dict[str, Any] | None:
        """Return when it was done and by what, as fields of the row, or None."""
        asked = Requirement.from_json(row.requirement)
        learnt = self._learnt(row, asked.with_more_attempts(self.more.get(row.pk, 0)))
        if learnt:
            return {"satisfied_at": learnt[0], "satisfied_by_id": learnt[1]}
        done = self.elsewhere.get(row.learner_id, ())
        found = find_completion(asked, done, row.opens_at, row.time_zone)
        return found and {"satisfied_at": found[0], "satisfied_elsewhere_id": found[1]}

    def _learnt(self, row, asked):
        own = self.learning.get(row.learner_id, ())
        found = find_satisfaction(asked, own, self.live, row.opens_at)
        deputy = self.deputies.get(row.pk)
        if found or not deputy:
            return found
        theirs = self.learning.get(deputy.deputy_id, ())
        return find_satisfaction(asked, theirs, self.live, deputy.starts_at)


@transaction.atomic
def _mark_batch(rows, course_key, at):
    keys = [row.pk for row in rows]
    deputies = hand_overs(keys, at)
    people = {row.learner_id for row in rows} | {d.deputy_id for d in deputies.values()}
    learning = learning_of(people, course_key)
    elsewhere = completions_by_learner(people, course_key)
    if not (learning or elsewhere):
        return 0
    more, live = extra_attempts(keys, at), live_lesson_keys(course_key)
    facts = _BatchFacts(learning, elsewhere, deputies, more, live)
    found = [(row, facts.find(row)) for row in rows]
    return sum(_mark_done(row, done, at) for row, done in found if done)


def _mark_done(row, done, at):
    done_at = done["satisfied_at"]
    changed = Obligation.objects.filter(pk=row.pk, satisfied_at=None).revise(
        at=at,
        expires_at=due.expiry_of(
            row.assignment.timing, done_at, row.previous_expiry, row.time_zone
        ),
        **done,
    )
    if changed:
        names = {"satisfied_by_id": "enrolment", "satisfied_elsewhere_id": "elsewhere"}
        by = {names[field]: done[field] for field in names if field in done}
        log.log_action(
            row,
            "training.satisfied",
            learner=row.learner,
            done=done_at.isoformat(),
            **by,
        )
    return changed
