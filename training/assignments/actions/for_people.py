"""Assignments and exceptions for people chosen in a list. Safe to call again."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.actions.learners import lock_learners
from accounts.models import User
from training.assignments.access import obligations_run_by
from training.assignments.actions.assignments import UnableToChange, recorded_rule
from training.assignments.actions.exceptions import Refusal, revoke_exception
from training.assignments.actions.giving_out import give_out
from training.assignments.models import Assignment
from training.assignments.queries.exceptions_made import exceptions_made_with
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
def revoke_for_people(
    *,
    people: Iterable[Membership],
    assignment: int,
    form: uuid.UUID,
    by: User,
    at: dt.datetime,
) -> Counter[BulkOutcome]:
    """Revoke the exceptions that the user's form made for these people.

    It is refused for those that have ended, or that somebody revoked.
    """
    rows = list(people)
    lock_learners(row.learner_id for row in rows)
    made = exceptions_made_with(form=form, people=rows, assignment=assignment, by=by)
    in_force = [each for each in made if _may_be_revoked(each, at)]
    for entry in in_force:
        revoke_exception(entry=entry, at=at, by=by)
    return +Counter(
        {
            BulkOutcome.DONE: len(in_force),
            BulkOutcome.REFUSED: len(rows) - len(in_force),
        }
    )


def _may_be_revoked(entry, at):
    # A waiver that begins later is not in force yet.
    return entry.revoked_at is None and (entry.ends_at is None or entry.ends_at > at)


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
        _change_people(rule, rule.people.add, new, by, at)
    return +Counter(
        {
            BulkOutcome.DONE: len(new),
            BulkOutcome.NOT_NEEDED: len(rows) - len(new),
            BulkOutcome.LEFT: len(asked) - len(rows),
        }
    )


@transaction.atomic
def take_off_assignment(
    *, people: Iterable[Membership], assignment: int, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Stop asking these people one by one for the assignment.

    It is refused for whoever has done it, and for those who are no longer named in it.
    Raises UnableToChange if it has ended, or the user may not change who is asked.
    """
    asked = list(people)
    rows = lock_people(asked)
    rule = assignments_open_to_more(by).filter(pk=assignment).first()
    if rule is None:
        raise UnableToChange
    named = rule.people.filter(pk__in=[row.learner_id for row in rows])
    done = rule.obligations.exclude(satisfied_at=None).values("learner")
    leaving = set(named.exclude(pk__in=done).values_list("pk", flat=True))
    if leaving:
        _change_people(rule, rule.people.remove, leaving, by, at)
    return +Counter(
        {
            BulkOutcome.DONE: len(leaving),
            BulkOutcome.REFUSED: len(rows) - len(leaving),
            BulkOutcome.LEFT: len(asked) - len(rows),
        }
    )


def _change_people(rule, change, learners, by, at):
    before = recorded_rule(rule)
    current = Assignment.objects.current().filter(pk=rule.pk)
    # Whoever has the assignment open sees that it changed.
    if not current.update(
        version=F("version") + 1, changed_at=at, audience_changed_at=at
    ):
        raise UnableToChange
    change(*learners)
    rule.refresh_from_db()
    log.log_action(
        rule,
        "training.assignment_changed",
        user=by,
        before=before,
        after=recorded_rule(rule),
    )
    give_out(assignment=rule, by=by, at=at)
