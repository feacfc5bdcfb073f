"""Correcting somebody's name, the address of their invitation and their details.

Every action is safe to call again.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from training.teams import log
from training.teams.access import teams_run_by
from training.teams.actions.addresses import invite_at
from training.teams.actions.invitations import UnableToInvite
from training.teams.models import Membership, Team
from training.teams.rules.rosters.cells import number_key
from training.teams.rules.work_details import DETAILS, WorkDetails


class UnableToRename(Exception):
    """The person was erased, or left the team, in the meantime."""


class UnableToNumber(Exception):
    """Somebody else in the team has this staff number."""


@dataclass(frozen=True)
class CorrectedDetails:
    """What the team of a membership is to know about the person's work."""

    membership: Membership
    details: WorkDetails


@transaction.atomic
def correct_person(
    *,
    learner: Learner,
    names: tuple[str, str] | None,
    email: str | None,
    work: CorrectedDetails | None = None,
    by: User,
    at: dt.datetime,
) -> None:
    """Save first and last name; invite to a new address whoever has never come in.

    Also saves what a team knows of their `work`. None leaves each as it is. The caller
    checks `access.may_correct_name`, `access.may_correct_address` and whether the user
    runs the team first. Raises UnableToRename, UnableToNumber, UnableToInvite or
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
    if work is not None and work.details != work.membership.details:
        _correct_details(work, by)


def _correct_details(work, by):
    # Whoever applies a roster to this team, and looks at its staff numbers, waits here.
    team = Team.objects.select_for_update().get(pk=work.membership.team_id)
    rows = team.memberships.filter(left_at=None)
    row = rows.filter(pk=work.membership.pk).select_related("learner").first()
    if row is None:
        raise UnableToRename
    others = rows.exclude(pk=row.pk).exclude(staff_number="")
    key = number_key(work.details.staff_number)
    taken = others.values_list("staff_number", flat=True) if key else ()
    if key in map(number_key, taken):
        raise UnableToNumber
    row.details = work.details
    row.save(update_fields=DETAILS)
    facts = {"team": team.name}
    log.log_action(row, "training.details", learner=row.learner, user=by, **facts)


def _team_of(learner, by):
    """Return a team of theirs that the user runs; invitations to others follow."""
    theirs = learner.memberships.current().filter(team__in=teams_run_by(by))
    membership = theirs.select_related("team").order_by("pk").first()
    if membership is None:
        raise UnableToInvite
    return membership.team
