"""A time in a team ends where it began, where the end was asked for a moment before.

Of two requests at once, the one that began later may come to the database first.
"""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions.learners import erase_learner
from tests.training.staff import Role, a_member, a_team
from training.teams.actions.memberships import (
    UnableToJoin,
    join_team,
    leave_team,
)

pytestmark = pytest.mark.django_db


def erase(team, learner, at):
    erase_learner(learner=learner, at=at)


def remove(team, learner, at):
    leave_team(team=team, learner=learner, at=at)


def promote(team, learner, at):
    join_team(team=team, learner=learner, role=Role.OBSERVER, at=at)


@pytest.mark.parametrize("end", [erase, remove, promote])
def test_no_time_in_a_team_ends_before_it_began(end):
    team = a_team()
    learner = a_member(team, at=timezone.now())
    end(team, learner, timezone.now() - dt.timedelta(seconds=1))
    ended = learner.memberships.exclude(left_at=None).get()
    assert ended.left_at == ended.joined_at


def test_somebody_erased_a_moment_ago_joins_no_team():
    """Who asked to join waits until their learning is deleted, and then is nobody."""
    learner, team = a_member(a_team()), a_team("Ward 4")
    stale = type(learner).objects.get(pk=learner.pk)
    erase_learner(learner=learner, at=timezone.now())
    with pytest.raises(UnableToJoin):
        join_team(team=team, learner=stale, role=Role.MEMBER, at=timezone.now())
    assert not team.memberships.exists()
