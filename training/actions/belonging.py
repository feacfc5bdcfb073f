"""Coming into a team, changing the role there, leaving it. Safe to call again."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from accounts.models import Learner, User
from training import log
from training.actions.assigning import reconcile
from training.models import Membership, Team

# Whoever looks after a team needs the door to the training room.
ROLE = "Trainer"


class UnableToJoin(Exception):
    """The team is archived and takes nobody in."""


def learner_of(*, user: User, at: dt.datetime) -> Learner:
    """Return the account's learner, made now if they have not learnt anything yet."""
    moments = {"created_at": at, "last_deed_at": at}
    return Learner.objects.get_or_create(user=user, defaults=moments)[0]


@transaction.atomic
def join(
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
    if team.archived_at:
        raise UnableToJoin
    current = team.memberships.filter(learner=learner, left_at=None).first()
    if current and current.role == role:
        return current
    if current:
        Membership.objects.filter(pk=current.pk).update(left_at=at)
    membership = _insert(team, learner, role, at)
    action = "training.role" if current else "training.joined"
    log.note(membership, action, learner=learner, user=by, team=team.name, role=role)
    _open_door(learner)
    reconcile(at=at, assignments=team.assignments.current())
    return membership


def _insert(team, learner, role, at):
    try:
        with transaction.atomic():
            return Membership.objects.create(
                team=team, learner=learner, role=role, joined_at=at
            )
    except IntegrityError:
        # Another request took them in at the same moment.
        return team.memberships.get(learner=learner, left_at=None)


@transaction.atomic
def leave(
    *, team: Team, learner: Learner, at: dt.datetime, by: User | None = None
) -> None:
    """End the learner's time in the team; what they did and were asked for stays."""
    current = team.memberships.filter(learner=learner, left_at=None)
    if current.update(left_at=at):
        membership = team.memberships.filter(learner=learner).latest("left_at")
        log.note(membership, "training.left", learner=learner, user=by, team=team.name)
        _open_door(learner)
        reconcile(at=at, assignments=team.assignments.current())


def _open_door(learner):
    """Let into the training room whoever looks after a team, and nobody else."""
    if learner.user is None:
        return
    looks_after = learner.memberships.current().exclude(role=Membership.Role.MEMBER)
    if looks_after.exists():
        learner.user.groups.add(Group.objects.get(name=ROLE))
    else:
        close_door(learner.user)


def close_door(user: User) -> None:
    """Let the user into the training room no longer."""
    user.groups.remove(*user.groups.filter(name=ROLE))
