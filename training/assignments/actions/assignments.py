"""Creating, changing and ending assignments. Every action is safe to call again.

Obligations are created after the commit, by `giving_out.give_out`.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Learner, User
from training.assignments.actions.giving_out import give_out
from training.assignments.actions.obligations import withdraw_obligations
from training.assignments.actions.pauses import move_due_dates
from training.assignments.models import Assignment, Obligation
from training.assignments.queries.contents import titles_of
from training.assignments.queries.learning import assignment_audience
from training.assignments.queries.revisions import revisions_by
from training.teams import log
from training.teams.models import Team

# The fields that trainers edit; the actions maintain the others.
RULE = (
    "title",
    "course_key",
    "lesson_keys",
    "starts_on",
    "due_rule",
    "due_on",
    "due_after_days",
    "later_joiners",
    "prior_counts",
    "anonymous_counts",
    "elsewhere_counts",
    "pass_mark",
    "attempts_counted",
    "recurs_every_months",
    "recurs_from",
    "recurs_on",
    "window_days",
    "remind_days_before",
    "remind_half_way",
    "notify_date_changes",
    "escalate_after_days",
)


class UnableToChange(Exception):
    """Somebody else has changed or ended the assignment since it was opened."""


@transaction.atomic
def create_assignment(
    *,
    rule: Assignment,
    teams: Collection[Team],
    people: Collection[Learner],
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
) -> Assignment:
    """Save the new rule, and create its obligations after the commit.

    `key` comes from the form: submitted twice, it creates and returns one assignment.
    """
    rule.key, rule.created_at, rule.created_by = key, at, by
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError:
        made = Assignment.objects.filter(key=key).first()
        if made is None:
            raise
        return made
    rule.teams.set(teams)
    rule.people.set(people)
    log.log_action(
        rule, "training.assignment_created", user=by, rule=recorded_rule(rule)
    )
    give_out(assignment=rule, by=by, at=at)
    return rule


@transaction.atomic
def change_assignment(
    *,
    rule: Assignment,
    teams: Collection[Team],
    people: Collection[Learner],
    running_too: bool,
    at: dt.datetime,
    by: User,
) -> Assignment:
    """Save the changed rule over the version it was based on.

    It applies to obligations created from now on; with `running_too` also to those not
    yet fulfilled. Raises UnableToChange, with nothing saved, if the version is no
    longer the newest or the assignment has ended.
    """
    before = Assignment.objects.get(pk=rule.pk)
    values = {name: getattr(rule, name) for name in RULE}
    seen = Assignment.objects.current().filter(pk=rule.pk, version=rule.version)
    if not seen.update(version=rule.version + 1, changed_at=at, **values):
        raise UnableToChange
    rule.version += 1
    if _set_audience(rule, teams, people):
        rule.audience_changed_at = at
        Assignment.objects.filter(pk=rule.pk).update(audience_changed_at=at)
    log.log_action(
        rule,
        "training.assignment_changed",
        user=by,
        before=recorded_rule(before),
        after=recorded_rule(rule),
    )
    if running_too:
        _change_running(before, rule, by, at)
    give_out(assignment=rule, by=by, at=at)
    return rule


@transaction.atomic
def end_assignment(*, assignment: Assignment, at: dt.datetime, by: User) -> int:
    """Stop asking for it; return how many people had not done it.

    What was done is kept. Ending it again does nothing.
    """
    current = Assignment.objects.current().filter(pk=assignment.pk)
    if not current.update(ended_at=at):
        return 0
    log.log_action(assignment, "training.assignment_ended", user=by)
    rows = assignment.obligations.unsatisfied().select_related("learner")
    return withdraw_obligations(obligations=rows, at=at, by=by)


def _set_audience(rule, teams, people):
    """Set who it is assigned to; return whether somebody was added."""
    had_teams = set(rule.teams.values_list("pk", flat=True))
    had_people = set(rule.people.values_list("pk", flat=True))
    rule.teams.set(teams)
    rule.people.set(people)
    new_teams = {team.pk for team in teams} - had_teams
    new_people = {person.pk for person in people} - had_people
    return bool(new_teams or new_people)


def _change_running(before, rule, by, at):
    asked = {row.learner for row in assignment_audience(rule)}
    found = {each.obligation: each for each in revisions_by(before, rule, asked)}
    changed = [
        (row, row.learner, {"before": revised.before, "after": revised.after})
        for row, revised in found.items()
        if _rewrite(row, revised, at)
    ]
    log.log_actions(changed, "training.changed", user=by)
    rewritten = [row.pk for row, _learner, _facts in changed]
    move_due_dates(Obligation.objects.filter(pk__in=rewritten))


def _rewrite(row, revised, at):
    """Save the changed terms unless it is already done; return whether saved."""
    return (
        Obligation.objects.unsatisfied()
        .filter(pk=row.pk)
        .revise(
            at=at,
            opens_at=revised.cycle.opens_at,
            due_at=revised.cycle.due_at,
            requirement=revised.requirement,
        )
    )


def recorded_rule(rule: Assignment) -> dict[str, Any]:
    """Return the rule as stored in the log, with names as they are now."""
    values = {name: getattr(rule, name) for name in RULE}
    return values | {
        "titles": titles_of([rule.course_key, *rule.lesson_keys]),
        "teams": sorted(rule.teams.values_list("name", flat=True)),
        "people": sorted(
            str(key) for key in rule.people.values_list("uuid", flat=True)
        ),
    }
