"""A trainer sees exactly the teams they train."""

import pytest
from django.utils import timezone

from mail.access import messages_seen_by
from tests.factories import LearnerFactory, UserFactory, a_course
from tests.roles import a_person
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.access import (
    assignments_seen_by,
    can_change_assignment,
    obligations_run_by,
    obligations_seen_by,
)
from training.assignments.models import Obligation
from training.teams import access
from training.teams.actions.memberships import join_team, learner_of, leave_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return a_team("Mine")


@pytest.fixture
def theirs():
    return a_team("Theirs")


@pytest.fixture
def trainer(mine):
    return a_trainer(mine)


SEEN = {
    "teams": access.teams_seen_by,
    "learners": access.learners_seen_by,
    "obligations": obligations_seen_by,
    "assignments": assignments_seen_by,
    "messages": messages_seen_by,
    "teams to run": access.teams_run_by,
    "learners to run": access.learners_run_by,
    "obligations to run": obligations_run_by,
}


@pytest.mark.parametrize("what", SEEN)
def test_others_see_nothing(mine, what):
    an_assignment(a_course(), mine, people=[a_member(mine)])
    for person in (UserFactory(), a_person("Author"), a_person("Trainer")):
        assert not SEEN[what](person).exists()


def test_a_trainer_sees_their_own_team_and_no_other(mine, theirs, trainer):
    learner, stranger = a_member(mine), a_member(theirs)
    patient = LearnerFactory()
    assignment = an_assignment(a_course(), mine, theirs)
    assert list(access.teams_seen_by(trainer)) == [mine]
    seen = set(access.learners_seen_by(trainer))
    assert learner in seen
    assert not {stranger, patient} & seen
    assert [row.learner for row in obligations_seen_by(trainer)] == [learner]
    assert list(assignments_seen_by(trainer)) == [assignment]
    assert not can_change_assignment(trainer, assignment)


def test_an_observer_sees_and_changes_nothing(mine):
    a_member(mine)
    observer = a_member(mine, role=Role.OBSERVER).user
    assignment = an_assignment(a_course(), mine)
    assert obligations_seen_by(observer).exists()
    assert not obligations_run_by(observer).exists()
    assert not can_change_assignment(observer, assignment)


def test_an_administrator_sees_and_runs_all(mine, theirs):
    administrator = a_person("Administrator")
    assert set(access.teams_run_by(administrator)) == {mine, theirs}


def test_a_trainer_who_leaves_sees_nothing_any_more(mine, trainer):
    an_assignment(a_course(), mine, people=[a_member(mine)])
    learner = learner_of(user=trainer, at=timezone.now())
    leave_team(team=mine, learner=learner, at=timezone.now())
    trainer = type(trainer).objects.get(pk=trainer.pk)
    assert not access.may_enter(trainer)
    assert not obligations_seen_by(trainer).exists()


def test_evidence_of_who_left_stays_with_the_team(mine, trainer):
    learner = a_member(mine)
    an_assignment(a_course(), mine)
    leave_team(team=mine, learner=learner, at=timezone.now())
    assert obligations_seen_by(trainer).get() == Obligation.objects.get()
    assert learner in access.learners_seen_by(trainer)
    assert learner not in access.learners_run_by(trainer)


def test_joining_in_another_role_ends_the_first(mine):
    learner = a_member(mine)
    join_team(team=mine, learner=learner, role=Role.TRAINER, at=timezone.now())
    roles = learner.memberships.filter(left_at=None).values_list("role", flat=True)
    assert list(roles) == [Role.TRAINER]
    assert access.may_enter(type(learner.user).objects.get(pk=learner.user_id))
