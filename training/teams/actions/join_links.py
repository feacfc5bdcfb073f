"""Join links: creating, closing and using them. Safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from training.teams import log
from training.teams.actions.memberships import join_team, learner_of
from training.teams.models import JoinLink, Membership, Team


class UnableToMakeLink(Exception):
    """The team is archived, or the link would already have expired."""


class UnableToJoinByLink(Exception):
    """The link is closed or has expired, or its team is archived."""


@transaction.atomic
def make_join_link(
    *, team: Team, expires_at: dt.datetime, by: User, at: dt.datetime
) -> JoinLink:
    """Create a link to join the team, valid until then. Raises UnableToMakeLink."""
    if team.archived_at or expires_at <= at:
        raise UnableToMakeLink
    link = JoinLink.objects.create(
        team=team, created_by=by, created_at=at, expires_at=expires_at
    )
    log.log_action(
        link,
        "training.link_opened",
        user=by,
        team=team.name,
        until=expires_at.isoformat(),
    )
    return link


@transaction.atomic
def close_join_link(*, link: JoinLink, by: User, at: dt.datetime) -> None:
    """Close the link; people who joined with it stay in the team."""
    if JoinLink.objects.filter(pk=link.pk, closed_at=None).update(closed_at=at):
        log.log_action(link, "training.link_closed", user=by, team=link.team.name)


@transaction.atomic
def join_by_link(*, link: JoinLink, user: User, at: dt.datetime) -> bool:
    """Add the account to the team as a member; return False if it was already there.

    Trainers and observers of the team keep their role. Raises UnableToJoinByLink.
    """
    link = JoinLink.objects.select_related("team").get(pk=link.pk)
    if not link.is_open(at):
        raise UnableToJoinByLink
    learner = learner_of(user=user, at=at)
    if link.team.memberships.filter(learner=learner, left_at=None).exists():
        return False
    join_team(
        team=link.team, learner=learner, role=Membership.Role.MEMBER, at=at, by=user
    )
    return True
