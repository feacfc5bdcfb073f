"""Assignments and exceptions for people chosen in a list. Safe to call again."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from training.assignments.access import obligations_run_by
from training.assignments.actions.assignments import UnableToChange, recorded_rule
from training.assignments.actions.exceptions import Refusal
from training.assignments.actions.giving_out import give_out
from training.assignments.models import Assignment
from training.assignments.queries.learning import assignment_audience
from training.assignments.queries.open_to_more import assignments_open_to_more
from training.teams import log
from training.teams.actions.many import lock_people
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome


@transaction.atomic
def except_people(
    *,
    make: Callable[..., list[Refusal]],
    people: Iterable[Membership],
    assignment: int,
    by: User,
    at: dt.datetime,
    **terms: Any,
) -> Counter[BulkOutcome]:
    """Make an exception for each who still has to do the assignment.

    `make` is `extend_several` or `waive_several`, and `terms` what it asks for.
    """
    asked = list(people)
    rows = lock_people(asked)
    teams = {(row.learner_id, row.team_id) for row in rows}
    found = obligations_run_by(by).filter(
        assignment=assignment, learner__in={row.learner_id for row in rows}
    )
    theirs = [
        each
        for each in found.unsatisfied().newest_cycle().select_related("learner__user")
        if each.team_id is None or (each.learner_id, each.team_id) in teams
    ]
    refused = make(obligations=theirs, by=by, at=at, **terms)
    return +Counter(
        {
            BulkOutcome.DONE: len(theirs) - len(refused),
            BulkOutcome.REFUSED: len(refused),
            BulkOutcome.NOT_NEEDED: len(rows) - len(theirs),
            BulkOutcome.LEFT: len(asked) - len(rows),
        }
    )


@transaction.atomic
def add_to_assignment(
    *, people: Iterable[Membership], assignment: int, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Ask these people for the assignment, too, one by one.

    People who are asked already are not asked twice. Raises UnableToChange if it has
    ended, or the user may not add people to it.
    """
    asked = list(people)
    rows = lock_people(asked)
    rule = assignments_open_to_more(by).filter(pk=assignment).first()
    if rule is None:
        raise UnableToChange
    known = {each.learner for each in assignment_audience(rule)}
    new = {row.learner_id for row in rows} - known
    if new:
        _add(rule, new, by, at)
    return +Counter(
        {
            BulkOutcome.DONE: len(new),
            BulkOutcome.NOT_NEEDED: len(rows) - len(new),
            BulkOutcome.LEFT: len(asked) - len(rows),
        }
    )


def _add(rule, learners, by, at):
    before = recorded_rule(rule)
    current = Assignment.objects.current().filter(pk=rule.pk)
    # Whoever has the assignment open sees that it changed.
    if not current.update(
        version=F("version") + 1, changed_at=at, audience_changed_at=at
    ):
        raise UnableToChange
    rule.people.add(*learners)
    rule.refresh_from_db()
    log.log_action(
        rule,
        "training.assignment_changed",
        user=by,
        before=before,
        after=recorded_rule(rule),
    )
    give_out(assignment=rule, by=by, at=at)
