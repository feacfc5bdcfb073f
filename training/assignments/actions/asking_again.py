"""Asking people again for what they have done: a certificate was revoked, or a doubt."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from training.assignments.access import obligations_run_by
from training.assignments.actions.assignments import UnableToChange
from training.assignments.actions.obligations import begin_courses_again
from training.assignments.models import Assignment, ExceptionEntry, Obligation
from training.assignments.queries.learning import assignment_audience
from training.assignments.rules import due
from training.teams import log
from training.teams.actions.many import lock_people
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome


@dataclass(frozen=True)
class AskingAgain:
    """Until the end of which day it is asked again, why, and by which form."""

    due_on: dt.date
    reason: str
    key: uuid.UUID


@transaction.atomic
def ask_people_again(
    *,
    people: Iterable[Membership],
    assignment: int,
    terms: AskingAgain,
    by: User,
    at: dt.datetime,
) -> Counter[BulkOutcome]:
    """Open a new cycle for each of them who has done the assignment.

    What was done no longer counts from now on; its record and certificates are kept.
    Whoever still has to do it, or is no longer asked, stays as they are. Raises
    UnableToChange if the assignment has ended. Safe to call again.
    """
    asked = list(people)
    rows = lock_people(asked)
    rule = Assignment.objects.current().filter(pk=assignment).first()
    if rule is None:
        raise UnableToChange
    done = _done_by(rows, rule, by)
    counts = Counter(_ask_again(row, terms, by, at) for row in done)
    begin_courses_again(assignment=rule, at=at)
    counts[BulkOutcome.NOT_NEEDED] += len(rows) - len(done)
    counts[BulkOutcome.LEFT] += len(asked) - len(rows)
    return +counts


def _done_by(people, rule, by) -> list[Obligation]:
    """Return the newest cycles of these people that are done, and may be asked again."""
    places = {(row.learner_id, row.team_id) for row in people}
    audience = {row.learner for row in assignment_audience(rule)}
    newest = obligations_run_by(by).filter(assignment=rule).newest_cycle().in_force()
    found = newest.filter(
        satisfied_at__isnull=False, learner__in={row.learner_id for row in people}
    )
    return [
        row
        for row in found.select_related("assignment", "learner").order_by("learner")
        if row.learner_id in audience
        and (row.team_id is None or (row.learner_id, row.team_id) in places)
    ]


def _ask_again(row, terms, by, at) -> BulkOutcome:
    due_at = due.end_of_day(terms.due_on, row.time_zone)
    if due_at <= at:
        return BulkOutcome.REFUSED
    again = _next_cycle(row, due_at, at)
    try:
        with transaction.atomic():
            again.save(force_insert=True)
    except IntegrityError:
        # Its renewal was opened in the meantime, so it is asked already.
        return BulkOutcome.NOT_NEEDED
    _end_validity(row, at)
    _note(row, again, terms, by, at)
    return BulkOutcome.DONE


def _next_cycle(row, due_at, at):
    return Obligation(
        assignment=row.assignment,
        learner=row.learner,
        team_id=row.team_id,
        cycle=row.cycle + 1,
        opens_at=at,
        due_at=due_at,
        time_zone=row.time_zone,
        requirement=row.assignment.requirement_of(row.cycle + 1).as_json(),
        created_at=at,
    )


def _end_validity(row, at):
    valid = Q(expires_at=None) | Q(expires_at__gt=at)
    earlier = Obligation.objects.filter(
        valid,
        assignment=row.assignment_id,
        learner=row.learner_id,
        cycle__lte=row.cycle,
        satisfied_at__isnull=False,
    )
    earlier.revise(at=at, expires_at=at)


def _note(row, again, terms, by, at):
    ExceptionEntry.objects.create(
        obligation=again,
        kind=ExceptionEntry.Kind.ASKED_AGAIN,
        reason=terms.reason,
        key=uuid.uuid5(terms.key, str(row.pk)),
        actor=by,
        starts_at=at,
        created_at=at,
    )
    log.log_action(
        again,
        "training.asked_again",
        learner=row.learner,
        user=by,
        reason=terms.reason,
        due=again.due_at.isoformat(),
        valid_until=row.expires_at and row.expires_at.isoformat(),
    )
