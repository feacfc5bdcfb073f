"""Coming into a team, changing the role there, leaving it. Safe to call again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from training.teams import log
from training.teams.access import TRAINER
from training.teams.events import team_changed
from training.teams.models import Membership, Team


class UnableToJoin(Exception):
    """The team is archived and takes nobody in."""


@dataclass(frozen=True)
class Joining:
    """Somebody who is to be in a team in this role; `since` None means from now on."""

    learner: Learner
    role: str
    since: dt.datetime | None = None


def learner_of(*, user: User, at: dt.datetime) -> Learner:
    """Return the account's learner, made now if they have not learnt anything yet."""
    moments = {"created_at": at, "last_active_at": at}
    return Learner.objects.get_or_create(user=user, defaults=moments)[0]


def learners_of(*, users: Iterable[User], at: dt.datetime) -> dict[int, Learner]:
    """Return user id → learner for each account, made now where there is none."""
    target = sorted({user.pk for user in users})
    # The database passes over those who have one: that is one query, not two.
    made = [Learner(user_id=pk, created_at=at, last_active_at=at) for pk in target]
    Learner.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    learners = Learner.objects.filter(user__in=target).select_related("user")
    return {learner.user_id: learner for learner in learners}


def join_team(
    *,
    team: Team,
    learner: Learner,
    role: Membership.Role,
    at: dt.datetime,
    by: User | None = None,
) -> Membership:
    """Take the learner into the team in this role, and give them what it has to do.

    Somebody there in another role changes to this one. `by` is who did it; None is
    the learner themself or the system. Raises UnableToJoin for an archived team.
    """
    join_all(team=team, people=[Joining(learner, role)], at=at, by=by)
    return team.memberships.get(learner=learner, left_at=None)


@transaction.atomic
def join_all(
    *,
    team: Team,
    people: Iterable[Joining],
    at: dt.datetime,
    by: User | None = None,
) -> set[int]:
    """Take all of them into the team, as `join` does, in few queries for any number.

    Returns the ids of the learners who were not in it before.
    """
    people = list(people)
    lock_learners(row.learner.pk for row in people)
    # Whoever else takes people into this team waits here.
    if Team.objects.select_for_update().get(pk=team.pk).archived_at:
        raise UnableToJoin
    current = {row.learner_id: row for row in team.memberships.filter(left_at=None)}
    changed = [
        row
        for row in people
        if row.learner.pk not in current or current[row.learner.pk].role != row.role
    ]
    moved = {
        row.learner.pk: current[row.learner.pk]
        for row in changed
        if row.learner.pk in current
    }
    ending = [row.pk for row in moved.values()]
    Membership.objects.filter(pk__in=ending).end(at)
    _log_joining(team, _insert(team, changed, moved, at), moved, by)
    # A member's coming and going leaves the role Trainer alone: whoever an
    # administrator made a trainer stays one.
    for row in changed:
        if row.role != Membership.Role.MEMBER or row.learner.pk in moved:
            _match_trainer_role(row.learner)
    if changed:
        team_changed.publish(team=team, at=at)
    return {row.learner.pk for row in changed} - moved.keys()


def _log_joining(team, memberships, moved, by):
    for action, is_change in (("training.joined", False), ("training.role", True)):
        log.log_actions(
            [
                (row, row.learner, {"team": team.name, "role": row.role})
                for row in memberships
                if (row.learner_id in moved) is is_change
            ],
            action,
            user=by,
        )


def _insert(team, people, before, at):
    """Insert the memberships; a change of role keeps the staff number of `before`."""
    rows = [
        Membership(
            team=team,
            learner=row.learner,
            role=row.role,
            joined_at=row.since or at,
            staff_number=before[row.learner.pk].staff_number
            if row.learner.pk in before
            else "",
        )
        for row in people
    ]
    return Membership.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def leave_team(
    *, team: Team, learner: Learner, at: dt.datetime, by: User | None = None
) -> None:
    """End the learner's time in the team; what they did and were asked for stays."""
    _leave(team, team.memberships.filter(learner=learner), at, by)


@transaction.atomic
def leave_all(
    *, team: Team, users: Iterable[User], at: dt.datetime, by: User | None = None
) -> None:
    """End the time of all these accounts in the team, as `leave` does."""
    _leave(team, team.memberships.filter(learner__user__in=list(users)), at, by)


def _leave(team, memberships, at, by):
    lock_learners(memberships.values_list("learner", flat=True))
    rows = list(memberships.filter(left_at=None).select_related("learner__user"))
    # Somebody else may have ended it meanwhile.
    ended = Membership.objects.filter(pk__in=[row.pk for row in rows], left_at=None)
    if not ended.end(at):
        return
    entries = [(row, row.learner, {"team": team.name}) for row in rows]
    log.log_actions(entries, "training.left", user=by)
    for row in rows:
        if row.role != Membership.Role.MEMBER:
            _match_trainer_role(row.learner)
    team_changed.publish(team=team, at=at)


def _match_trainer_role(learner):
    """Let into the training room whoever looks after a team, and nobody else."""
    if learner.user is None:
        return
    looks_after = learner.memberships.current().exclude(role=Membership.Role.MEMBER)
    if looks_after.exists():
        learner.user.groups.add(Group.objects.get(name=TRAINER))
    else:
        take_trainer_role(learner.user)


def take_trainer_role(user: User) -> None:
    """Let the user into the training room no longer."""
    user.groups.remove(*user.groups.filter(name=TRAINER))
