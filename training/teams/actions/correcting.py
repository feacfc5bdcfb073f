"""Correcting somebody's name and the address of their invitation. Safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from training.teams import log
from training.teams.access import teams_run_by
from training.teams.actions.addresses import invite_at
from training.teams.actions.invitations import UnableToInvite


class UnableToRename(Exception):
    """The person was erased in the meantime."""


@transaction.atomic
def correct_person(
    *,
    learner: Learner,
    names: tuple[str, str] | None,
    email: str | None,
    by: User,
    at: dt.datetime,
) -> None:
    """Save first and last name; invite to a new address whoever has never come in.

    None leaves them as they are. The caller checks `access.may_correct_name` and
    `access.may_correct_address` first. Raises UnableToRename, UnableToInvite or
    UnableToCorrect, with nothing done.
    """
    if not lock_learners([learner.pk]):
        raise UnableToRename
    user = User.objects.get(learner=learner)
    if email is not None and email != user.email:
        invite_at(
            team=_team_of(learner, by), learner=learner, email=email, by=by, at=at
        )
    if names is not None and names != (user.first_name, user.last_name):
        first_name, last_name = names
        User.objects.filter(pk=user.pk).update(
            first_name=first_name, last_name=last_name
        )
        log.log_action(learner, "training.renamed", learner=learner, user=by)


def _team_of(learner, by):
    """Return a team of theirs that the user runs; invitations to others follow."""
    theirs = learner.memberships.current().filter(team__in=teams_run_by(by))
    membership = theirs.select_related("team").order_by("pk").first()
    if membership is None:
        raise UnableToInvite
    return membership.team
