"""Giving out obligations, and taking them back. Every verb is safe to call again.

It is the state that is looked at, never the event: whoever belongs to a team is asked,
however they came to it.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from quizzes.actions import begin_course_again
from training import due, log
from training.actions.settling import settle_obligations
from training.models import Assignment, ExceptionEntry, Obligation, Team
from training.models.teams import site_time_zone
from training.queries import audience


def reconcile(
    *, at: dt.datetime, assignments: Iterable[Assignment] | None = None
) -> None:
    """Bring obligations up to date with who is in which team, and with what was done.

    All current assignments are looked at unless some are given.
    """
    for assignment in (
        Assignment.objects.current() if assignments is None else assignments
    ):
        give_out(assignment=assignment, at=at)
        open_next_cycles(assignment=assignment, at=at)
        begin_courses_again(assignment=assignment, at=at)
        settle_obligations(obligations=assignment.obligations.all(), at=at)


@transaction.atomic
def give_out(*, assignment: Assignment, at: dt.datetime) -> int:
    """Give the assignment to whoever should have it; return how many are new.

    Who is not in its audience any more is not asked any longer; what they did stays.
    Who came back is asked again, by the dates of then.
    """
    wanted = {row[0]: row for row in audience(assignment)}
    known = {
        row.learner_id: row
        for row in assignment.obligations.select_related("learner").order_by("cycle")
    }
    if not assignment.later_joiners:
        wanted = {
            learner: row
            for learner, row in wanted.items()
            if learner in known or row[2] <= assignment.created_at
        }
    _withdraw([row for key, row in known.items() if key not in wanted], at)
    _restore([row for key, row in known.items() if key in wanted])
    fresh = [row for key, row in wanted.items() if key not in known]
    return len(_make(assignment, fresh, at))


def _withdraw(rows, at):
    for row in rows:
        if row.withdrawn_at is None and row.satisfied_at is None:
            Obligation.objects.filter(pk=row.pk).update(withdrawn_at=at)
            log.note(row, "training.withdrawn", learner=row.learner)


def _restore(rows):
    for row in rows:
        if row.withdrawn_at:
            Obligation.objects.filter(pk=row.pk).update(withdrawn_at=None)
            log.note(row, "training.restored", learner=row.learner)


def _make(assignment, rows, at):
    zones = dict(Team.objects.values_list("pk", "time_zone"))
    made = []
    for learner, team, joined_at in rows:
        zone = zones.get(team, site_time_zone())
        cycle = due.first_cycle(assignment.timing, joined_at, zone)
        made.append(
            Obligation(
                assignment=assignment,
                learner_id=learner,
                team_id=team,
                opens_at=cycle.opens_at,
                due_at=cycle.due_at,
                time_zone=zone,
                requirement=assignment.requirement.as_json(),
                created_at=at,
            )
        )
    _insert(assignment, made, at)
    return made


def _insert(assignment, made, at):
    Obligation.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    rows = assignment.obligations.filter(created_at=at)
    for row in rows.select_related("learner") if made else ():
        log.note(
            row, "training.assigned", learner=row.learner, due=row.due_at.isoformat()
        )


@transaction.atomic
def open_next_cycles(*, assignment: Assignment, at: dt.datetime) -> int:
    """Open the next cycle for whom the window before expiry has begun.

    Returns how many. A cycle that was waived for good counts as done on its due date.
    """
    if not assignment.recurs_every_months:
        return 0
    for_good = ExceptionEntry.objects.in_force(at).filter(
        obligation=OuterRef("pk"), kind=ExceptionEntry.Kind.WAIVER, ends_at=None
    )
    newest = assignment.obligations.in_force().newest_cycle()
    made = []
    for row in newest.annotate(is_waived=Exists(for_good)).select_related("learner"):
        expires_at = row.expires_at or (row.is_waived and _as_if_done(assignment, row))
        cycle = expires_at and due.next_cycle(
            assignment.timing, expires_at, row.time_zone
        )
        if cycle and cycle.opens_at <= at:
            made.append(_following(assignment, row, cycle, at))
    _insert(assignment, made, at)
    return len(made)


def _as_if_done(assignment, row):
    return due.expiry(assignment.timing, row.due_at, None, row.time_zone)


def _following(assignment, row, cycle, at):
    wanted = assignment.requirement.as_json() | {"prior_counts": False}
    return Obligation(
        assignment=assignment,
        learner=row.learner,
        team_id=row.team_id,
        cycle=row.cycle + 1,
        opens_at=cycle.opens_at,
        due_at=cycle.due_at,
        time_zone=row.time_zone,
        requirement=wanted,
        created_at=at,
    )


def begin_courses_again(*, assignment: Assignment, at: dt.datetime) -> None:
    """Let those do a whole course anew who completed it before they were asked to.

    Their certificate and all that they did stay.
    """
    rows = assignment.obligations.unsatisfied().filter(
        opens_at__lte=at,
        requirement__prior_counts=False,
        requirement__lesson_keys=[],
    )
    completed = rows.filter(
        learner__enrolments__course_key=assignment.course_key,
        learner__enrolments__completed_at__isnull=False,
    )
    for row in completed.select_related("learner").distinct():
        _begin_again(row, assignment.course_key, at)


def _begin_again(row, course_key, at):
    enrolments = row.learner.enrolments.filter(course_key=course_key)
    newest = enrolments.order_by("-cycle").first()
    if newest.completed_at and newest.completed_at < row.opens_at:
        begin_course_again(learner=row.learner, course_key=course_key, at=at)
