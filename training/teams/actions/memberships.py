"""Joining a team, changing role in it and leaving it. Safe to call again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from training.teams import log
from training.teams.access import TRAINER
from training.teams.events import team_changed
from training.teams.models import Membership, Team


class UnableToJoin(Exception):
    """The team is archived, or the person was erased in the meantime."""


@dataclass(frozen=True)
class Joining:
    """Somebody to add to a team in this role; `since` None means from now on."""

    learner: Learner
    role: str
    since: dt.datetime | None = None


def learner_of(*, user: User, at: dt.datetime) -> Learner:
    """Return the account's learner, created now if there is none yet."""
    moments = {"created_at": at, "last_active_at": at}
    return Learner.objects.get_or_create(user=user, defaults=moments)[0]


def learners_of(*, users: Iterable[User], at: dt.datetime) -> dict[int, Learner]:
    """Return user id → learner for each account, created now where there is none."""
    target = sorted({user.pk for user in users})
    # The database skips those who have one, which takes one query instead of two.
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
    """Add the learner to the team in this role, and ask them for what it has to do.

    A learner already in the team in another role changes to this one. `by` is who did
    it; None means the learner or the system. Raises UnableToJoin for an archived team,
    and for somebody who was erased in the meantime.
    """
    join_all(team=team, people=[Joining(learner, role)], at=at, by=by)
    joined = team.memberships.filter(learner=learner, left_at=None).first()
    if joined is None:
        raise UnableToJoin
    return joined


@transaction.atomic
def join_all(
    *,
    team: Team,
    people: Iterable[Joining],
    at: dt.datetime,
    by: User | None = None,
    notify: bool = True,
) -> set[int]:
    """Add them all to the team, as `join_team` does, in a fixed number of queries.

    People who were erased in the meantime are left out. Returns the ids of the learners
    who were not in the team before. Whoever adds more people in further calls notifies
    rooms above once, at the end.
    """
    people = list(people)
    present = lock_learners(row.learner.pk for row in people)
    people = [row for row in people if row.learner.pk in present]
    # Anyone else adding people to this team waits here.
    if Team.objects.select_for_update().get(pk=team.pk).archived_at:
        raise UnableToJoin
    current = _current_memberships(team, people)
    changed = [row for row in people if _differs(row, current.get(row.learner.pk))]
    changing = {row.learner.pk for row in changed}
    moved = {pk: row for pk, row in current.items() if pk in changing}
    ending = [row.pk for row in moved.values()]
    Membership.objects.filter(pk__in=ending).end(at)
    _log_joining(team, _insert(team, changed, moved, at), moved, by)
    # Members joining or leaving do not affect the Trainer group: anyone an
    # administrator put in it stays in it.
    for row in changed:
        if row.role != Membership.Role.MEMBER or row.learner.pk in moved:
            _match_trainer_role(row.learner)
    if changed and notify:
        team_changed.publish(team=team, at=at)
    return {row.learner.pk for row in changed} - moved.keys()


def _differs(joining, membership):
    return membership is None or membership.role != joining.role


def _current_memberships(team, people):
    theirs = team.memberships.filter(learner__in=[row.learner.pk for row in people])
    return {row.learner_id: row for row in theirs.filter(left_at=None)}


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
    """Insert the memberships; a change of role keeps the details from `before`."""
    rows = [
        Membership(
            team=team, learner=row.learner, role=row.role, joined_at=row.since or at
        )
        for row in people
    ]
    for row in rows:
        if row.learner_id in before:
            row.details = before[row.learner_id].details
    return Membership.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def leave_team(
    *, team: Team, learner: Learner, at: dt.datetime, by: User | None = None
) -> None:
    """End the learner's membership; their answers and obligations are kept."""
    _leave(team, team.memberships.filter(learner=learner), at, by)


@transaction.atomic
def leave_all(
    *,
    team: Team,
    users: Iterable[User],
    at: dt.datetime,
    by: User | None = None,
    notify: bool = True,
    facts: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """End the memberships of all these accounts, as `leave_team` does.

    `facts` are logged, such as the reason.
    """
    memberships = team.memberships.filter(learner__user__in=list(users))
    _leave(team, memberships, at, by, facts, notify=notify)


def _leave(team, memberships, at, by, facts=None, *, notify=True):
    lock_learners(memberships.values_list("learner", flat=True))
    rows = list(memberships.filter(left_at=None).select_related("learner__user"))
    # Somebody else may have ended it in the meantime.
    ended = Membership.objects.filter(pk__in=[row.pk for row in rows], left_at=None)
    if not ended.end(at):
        return
    known = {"team": team.name} | dict(facts or {})
    entries = [(row, row.learner, known) for row in rows]
    log.log_actions(entries, "training.left", user=by)
    for row in rows:
        if row.role != Membership.Role.MEMBER:
            _match_trainer_role(row.learner)
    if notify:
        team_changed.publish(team=team, at=at)


def _match_trainer_role(learner):
    """Let the learner into the training area only while they look after a team."""
    if learner.user is None:
        return
    looks_after = learner.memberships.current().exclude(role=Membership.Role.MEMBER)
    if looks_after.exists():
        learner.user.groups.add(Group.objects.get(name=TRAINER))
    else:
        take_trainer_role(learner.user)


def take_trainer_role(user: User) -> None:
    """Remove the user's access to the training area."""
    user.groups.remove(*user.groups.filter(name=TRAINER))
