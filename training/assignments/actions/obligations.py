"""Creating and withdrawing obligations. Every action is safe to call again.

These actions follow the state, never events: everybody in a team is asked, however they
joined it.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import Learner, User
from jobs.queries import unfinished_jobs
from progress.models import Enrolment
from quizzes.actions.beginning import begin_course_again
from training.assignments.actions.satisfaction import mark_obligations_satisfied
from training.assignments.models import (
    GIVING_OUT,
    Assignment,
    ExceptionEntry,
    Obligation,
)
from training.assignments.queries.learning import assignment_audience, people_asked
from training.assignments.queries.revisions import renewal_of
from training.assignments.rules import due
from training.teams import log
from training.teams.models import Team
from training.teams.queries.teams import team_time_zones


def reconcile_obligations(
    *, at: dt.datetime, assignments: Iterable[Assignment] | None = None
) -> None:
    """Update obligations to match team membership and what was done.

    Checks all current assignments unless some are given. Nobody new is asked for what
    a job processes, or processed until somebody stopped it.
    """
    in_parts = unfinished_jobs(GIVING_OUT)
    for assignment in (
        Assignment.objects.current() if assignments is None else assignments
    ):
        if assignment.pk not in in_parts:
            assign_to_audience(assignment=assignment, at=at)
        open_next_cycles(assignment=assignment, at=at)
        begin_courses_again(assignment=assignment, at=at)
        mark_obligations_satisfied(obligations=assignment.obligations.all(), at=at)


@transaction.atomic
def assign_to_audience(
    *, assignment: Assignment, at: dt.datetime, most: int | None = None
) -> int:
    """Create missing obligations for the audience; return how many are new.

    Of those who are new, `most` are asked at most, the others at the next call.

    People no longer in the audience are no longer asked; what they did is kept. People
    who came back are asked again, with their original dates. People who moved between
    its teams keep their dates and become visible to the new team's trainers.
    """
    rows = assignment.obligations.select_related("learner").order_by("cycle", "pk")
    known = {row.learner_id: row for row in rows}
    audience_now = {row.learner: row for row in people_asked(assignment, known.keys())}
    gone = [row for key, row in known.items() if key not in audience_now]
    withdraw_obligations(obligations=gone, at=at)
    asked = [row for key, row in known.items() if key in audience_now]
    _restore(asked, at)
    _move([(row, audience_now[row.learner_id].team) for row in asked])
    fresh = sorted(audience_now.keys() - known.keys())[:most]
    return len(_make(assignment, [audience_now[key] for key in fresh], at))


def withdraw_obligations(
    *, obligations: Iterable[Obligation], at: dt.datetime, by: User | None = None
) -> int:
    """Withdraw those that are not done; return how many.

    `by` is who decided it; None is the system.
    """
    rows = [row for row in obligations if not (row.withdrawn_at or row.satisfied_at)]
    open_ones = Obligation.objects.unsatisfied()
    return _change(rows, open_ones, "training.withdrawn", by, at, withdrawn_at=at)


def _restore(rows, at):
    gone = [row for row in rows if row.withdrawn_at]
    withdrawn = Obligation.objects.exclude(withdrawn_at=None)
    _change(gone, withdrawn, "training.restored", None, at, withdrawn_at=None)


def _change(rows, still, action, by, at, **values):
    """Update the rows that `still` match, and log each; return how many."""
    changed = 0
    for row in rows:
        if still.filter(pk=row.pk).revise(at=at, **values):
            log.log_action(row, action, learner=row.learner, user=by)
            changed += 1
    return changed


def _move(places):
    moving = [
        (row, team)
        for row, team in places
        if row.team_id != team and row.satisfied_at is None
    ]
    keys = {key for row, team in moving for key in (row.team_id, team)}
    named = Team.objects.in_bulk(keys) if keys else {}
    for row, team in moving:
        Obligation.objects.filter(pk=row.pk).update(team=team)
        before, after = (
            {"team": named[key].name if key else None} for key in (row.team_id, team)
        )
        log.log_action(
            row, "training.changed", learner=row.learner, before=before, after=after
        )


def _make(assignment, rows, at):
    zone_of = team_time_zones()
    made = []
    for row in rows:
        zone = zone_of[row.team]
        cycle = due.first_cycle(assignment.timing, row.joined_at, zone)
        made.append(
            Obligation(
                assignment=assignment,
                learner_id=row.learner,
                team_id=row.team,
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
    if not made:
        return
    Obligation.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    keys = {(row.learner_id, row.cycle) for row in made}
    rows = assignment.obligations.filter(created_at=at).select_related("learner")
    log.log_actions(
        [
            (row, row.learner, {"due": row.due_at.isoformat()})
            for row in rows
            if (row.learner_id, row.cycle) in keys
        ],
        "training.assigned",
    )


@transaction.atomic
def open_next_cycles(*, assignment: Assignment, at: dt.datetime) -> int:
    """Open the next cycle for people whose window before expiry has begun.

    Returns how many. A cycle waived without end counts as done on its due date. Nothing
    opens for people who are no longer in the audience.
    """
    if not assignment.recurs_every_months:
        return 0
    teams = {row.learner: row.team for row in assignment_audience(assignment)}
    made = []
    for row in _finished(assignment, at):
        cycle = row.learner_id in teams and renewal_of(assignment, row, at)
        if cycle and cycle.opens_at <= at:
            made.append(_following(assignment, row, cycle, teams[row.learner_id], at))
    _insert(assignment, made, at)
    return len(made)


def _finished(assignment, at):
    """Return the newest cycles that are done, or waived without end."""
    for_good = ExceptionEntry.objects.in_force(at).filter(
        obligation=OuterRef("pk"), kind=ExceptionEntry.Kind.WAIVER, ends_at=None
    )
    newest = assignment.obligations.in_force().newest_cycle()
    return newest.filter(Exists(for_good) | ~Q(satisfied_at=None)).select_related(
        "learner"
    )


def _following(assignment, row, cycle, team, at):
    return Obligation(
        assignment=assignment,
        learner=row.learner,
        team_id=team,
        cycle=row.cycle + 1,
        opens_at=cycle.opens_at,
        due_at=cycle.due_at,
        time_zone=row.time_zone,
        requirement=assignment.requirement_of(row.cycle + 1).as_json(),
        created_at=at,
    )


def begin_courses_again(*, assignment: Assignment, at: dt.datetime) -> None:
    """Start a whole course again for people who completed it before they were asked.

    The same goes for a deputy from the hand-over on. Certificates and records are kept.
    """
    ledger = ExceptionEntry.objects.in_force(at)
    waivers = ledger.filter(kind=ExceptionEntry.Kind.WAIVER, obligation=OuterRef("pk"))
    rows = assignment.obligations.unsatisfied().filter(
        ~Exists(waivers),
        opens_at__lte=at,
        requirement__prior_counts=False,
        requirement__lesson_keys=[],
    )
    hand_overs = ledger.filter(
        kind=ExceptionEntry.Kind.HAND_OVER, obligation__in=rows.values("pk")
    )
    people = [
        *_completed_before(rows, "learner", "opens_at", assignment.course_key),
        *_completed_before(hand_overs, "deputy", "starts_at", assignment.course_key),
    ]
    for learner in Learner.objects.filter(pk__in=people).order_by("pk"):
        begin_course_again(learner=learner, course_key=assignment.course_key, at=at)


def _completed_before(rows, person, moment, course_key):
    """Return the people whose newest enrolment was completed before the moment."""
    newest = Enrolment.objects.filter(
        learner=OuterRef(person), course_key=course_key
    ).order_by("-cycle")
    completed = rows.annotate(completed=Subquery(newest.values("completed_at")[:1]))
    return completed.filter(completed__lt=F(moment)).values_list(person, flat=True)
