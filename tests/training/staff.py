"""Builders for the trainers' room: teams, people in them, what they were assigned."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory
from tests.roles import make_roles
from tests.taking_quizzes import answer, give_first_options
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import Assignment
from training.teams.actions.memberships import join_team, learner_of
from training.teams.models import Membership, Team

Role = Membership.Role


def a_team(name="Ward 3", **fields):
    """Return a current team."""
    make_roles()
    return Team.objects.create(name=name, created_at=timezone.now(), **fields)


def a_member(team, *, role=Role.MEMBER, at=None, **fields):
    """Return the learner of a new account that is in the team."""
    at = at or timezone.now()
    learner = learner_of(user=UserFactory(**fields), at=at)
    join_team(team=team, learner=learner, role=role, at=at)
    return learner


def a_trainer(*teams, **fields):
    """Return the user who trains these teams."""
    make_roles()
    user = UserFactory(**fields)
    for team in teams:
        at = timezone.now()
        join_team(
            team=team, learner=learner_of(user=user, at=at), role=Role.TRAINER, at=at
        )
    return user


def an_assignment(course, *teams, people=(), at=None, **fields):
    """Return an assignment of the course, due in 30 days, and give it out."""
    at = at or timezone.now()
    assignment = Assignment.objects.create(
        **{
            "title": course.title,
            "course_key": course.translation_key,
            "starts_on": at.date(),
            "due_rule": Assignment.DueRule.ON_A_DATE,
            "due_on": at.date() + dt.timedelta(days=30),
            "created_at": at,
        }
        | fields
    )
    assignment.teams.set(teams)
    assignment.people.set(people)
    reconcile_obligations(at=at, assignments=[assignment])
    return assignment


def pass_lesson(client, lesson):
    """Answer every question of the lesson's quiz rightly, as whoever is signed in."""
    give_first_options(client, lesson)


def admin_url(name, *parts):
    return reverse(f"teams:{name}", args=parts)


def url_of(team, name, learner=None):
    return admin_url(name, team.pk, *([learner.uuid] if learner else []))


def current(team, **which):
    return team.memberships.filter(left_at=None, **which)


__all__ = [
    "Role",
    "a_member",
    "a_team",
    "a_trainer",
    "admin_url",
    "an_assignment",
    "answer",
    "current",
    "pass_lesson",
    "url_of",
]
