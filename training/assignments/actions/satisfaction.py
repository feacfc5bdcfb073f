"""Checking whether what was assigned is done. Every action is safe to call again."""

import datetime as dt
import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Learner
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.contents import live_lesson_keys
from training.assignments.queries.learning import (
    extra_attempts,
    hand_overs,
    learning_of,
)
from training.assignments.rules import due
from training.assignments.rules.satisfaction import Requirement, find_satisfaction
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


@transaction.atomic
def _mark_batch(rows, course_key, at):
    keys = [row.pk for row in rows]
    deputies = hand_overs(keys, at)
    people = {row.learner_id for row in rows} | {d.deputy_id for d in deputies.values()}
    learning = learning_of(people, course_key)
    if not learning:
        return 0
    more, live = extra_attempts(keys, at), live_lesson_keys(course_key)
    marked = 0
    for row in rows:
        asked = Requirement.from_json(row.requirement)
        asked_for = asked.with_more_attempts(more.get(row.pk, 0))
        found = find_satisfaction(
            asked_for, learning.get(row.learner_id, ()), live, row.opens_at
        )
        deputy = deputies.get(row.pk)
        if found is None and deputy:
            theirs = learning.get(deputy.deputy_id, ())
            found = find_satisfaction(asked_for, theirs, live, deputy.starts_at)
        if found:
            marked += _mark_done(row, *found, at)
    return marked


def _mark_done(row, done_at, enrolment, at):
    changed = Obligation.objects.filter(pk=row.pk, satisfied_at=None).revise(
        at=at,
        satisfied_at=done_at,
        satisfied_by=enrolment,
        expires_at=due.expiry_of(
            row.assignment.timing, done_at, row.previous_expiry, row.time_zone
        ),
    )
    if changed:
        log.log_action(
            row,
            "training.satisfied",
            learner=row.learner,
            done=done_at.isoformat(),
            enrolment=enrolment,
        )
    return changed
