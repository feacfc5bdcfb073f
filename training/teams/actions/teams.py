"""Creating, changing, archiving and restoring teams. Safe to call again."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from training.teams import log
from training.teams.access import may_oversee
from training.teams.actions.memberships import join_team, learner_of
from training.teams.events import team_changed
from training.teams.models import Membership, Team


class NameTaken(Exception):
    """Another current team already has this name."""


@transaction.atomic
def create_team(*, team: Team, by: User, at: dt.datetime) -> Team:
    """Save the new team; its creator becomes a trainer, unless they oversee all teams.

    Raises NameTaken, with nothing saved.
    """
    team.created_at = at
    _save(team)
    log.log_action(team, "wagtail.create", user=by)
    if not may_oversee(by):
        learner = learner_of(user=by, at=at)
        join_team(
            team=team, learner=learner, role=Membership.Role.TRAINER, at=at, by=by
        )
    return team


@transaction.atomic
def change_team(*, team: Team, by: User) -> None:
    """Save changes to the team. Raises NameTaken, with nothing saved."""
    _save(team)
    log.log_action(team, "wagtail.edit", user=by)


def _save(team):
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def archive_team(*, team: Team, by: User, at: dt.datetime) -> None:
    """Archive the team: nobody is asked for anything through it any more.

    Its people stay in it and all evidence is kept, so that it can be restored.
    """
    if Team.objects.current().filter(pk=team.pk).update(archived_at=at):
        team.join_links.filter(closed_at=None).update(closed_at=at)
        log.log_action(team, "training.archived", user=by)
        team_changed.publish(team=team, at=at)


@transaction.atomic
def bring_back_team(*, team: Team, by: User, at: dt.datetime) -> None:
    """Restore the team, and ask its people again for what they had to do.

    Raises NameTaken, with nothing done.
    """
    archived = Team.objects.filter(pk=team.pk, archived_at__isnull=False)
    try:
        with transaction.atomic():
            changed = archived.update(archived_at=None)
    except IntegrityError as error:
        raise NameTaken from error
    if changed:
        log.log_action(team, "training.unarchived", user=by)
        team_changed.publish(team=team, at=at)
