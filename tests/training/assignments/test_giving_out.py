"""The edges of giving out: who left, who moved, what comes again, and who is never asked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LearnerFactory, a_course, a_lesson, lessons_of
from tests.training.moments import START, days
from tests.training.staff import Role, a_member, a_team, an_assignment, pass_lesson
from training.assignments.actions.assignments import change_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import Assignment, Obligation
from training.teams.actions.memberships import join_team, leave_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def team():
    return a_team(manager_email="boss@example.org")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2, title="Stem cells")


def the_obligation(learner, cycle=1):
    return Obligation.objects.get(learner=learner, cycle=cycle)


def learn(client, learner, course):
    client.force_login(learner.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)


YEARLY = {"recurs_every_months": 12, "recurs_from": "completion", "window_days": 30}


def test_nothing_comes_again_for_who_left(client, team, course):
    learner = a_member(team)
    an_assignment(course, team, **YEARLY)
    learn(client, learner, course)
    leave_team(team=team, learner=learner, at=days(100))
    reconcile_obligations(at=days(350))
    assert Obligation.objects.count() == 1


def test_who_moves_between_its_teams_is_seen_by_the_new_trainers(client, team, course):
    second = a_team("Ward 4")
    learner = a_member(team)
    an_assignment(course, team, second, **YEARLY)
    due_at = the_obligation(learner).due_at
    leave_team(team=team, learner=learner, at=days(1))
    join_team(team=second, learner=learner, role=Role.MEMBER, at=days(2))
    row = the_obligation(learner)
    assert (row.team, row.due_at, row.withdrawn_at) == (second, due_at, None)


def test_the_next_cycle_is_given_through_the_team_of_then(client, team, course):
    second = a_team("Ward 4")
    learner = a_member(team)
    an_assignment(course, team, second, **YEARLY)
    learn(client, learner, course)
    leave_team(team=team, learner=learner, at=days(1))
    join_team(team=second, learner=learner, role=Role.MEMBER, at=days(2))
    reconcile_obligations(at=days(350))
    assert the_obligation(learner).team == team
    assert the_obligation(learner, cycle=2).team == second


def test_an_archived_team_and_an_erased_learner_are_asked_no_longer(team, course):
    learner, other = a_member(team), a_member(a_team("Ward 4"))
    an_assignment(course, team, people=[other])
    type(team).objects.filter(pk=team.pk).update(archived_at=START)
    other.user.delete()
    reconcile_obligations(at=days(1))
    assert the_obligation(learner).withdrawn_at == days(1)
    # Deleting the account forgets it at once.
    assert the_obligation(other).withdrawn_at == START


def test_a_rule_that_comes_to_recur_asks_those_who_have_done_it(
    client, team, course, trainer
):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    learn(client, learner, course)
    for name, value in YEARLY.items():
        setattr(assignment, name, value)
    change_assignment(
        rule=assignment,
        teams=[team],
        people=[],
        running_too=False,
        at=days(1),
        by=trainer,
    )
    assert the_obligation(learner).expires_at is None
    reconcile_obligations(at=days(340))
    assert the_obligation(learner, cycle=2).due_at.date() == dt.date(2027, 3, 2)


def test_and_gives_the_window_to_whom_it_would_have_expired_for(client, team, course):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    learn(client, learner, course)
    Assignment.objects.filter(pk=assignment.pk).update(**YEARLY)
    reconcile_obligations(at=days(600))
    assert the_obligation(learner, cycle=2).due_at.date() == days(630).date()


def test_two_recurring_assignments_are_done_by_one_time_through(
    client, team, course, clock
):
    learner = a_member(team)
    one = an_assignment(course, team, **YEARLY)
    two = an_assignment(course, team, **YEARLY | {"window_days": 20})
    learn(client, learner, course)
    clock.move_to(days(350))
    reconcile_obligations(at=days(350))
    learn(client, learner, course)
    for assignment in (one, two):
        second = assignment.obligations.get(cycle=2)
        assert second.satisfied_at == days(350)
        assert second.satisfied_by.cycle == 2


def test_lessons_alone_are_done_again_in_a_later_cycle(client, team, course, clock):
    learner = a_member(team)
    lesson = lessons_of(course)[0]
    keys = [str(lesson.translation_key)]
    an_assignment(course, team, lesson_keys=keys, **YEARLY)
    client.force_login(learner.user)
    pass_lesson(client, lesson)
    clock.move_to(days(350))
    reconcile_obligations(at=days(350))
    assert the_obligation(learner, cycle=2).satisfied_at is None
    client.force_login(learner.user)
    client.post(lesson.url + "quiz/again/", {"which": "all"})
    pass_lesson(client, lesson)
    assert the_obligation(learner, cycle=2).satisfied_at == days(350)


def test_so_are_lessons_that_are_only_read(client, team, course, clock):
    learner = a_member(team)
    leaflet = a_lesson(course, questions=0)
    keys = [str(leaflet.translation_key)]
    an_assignment(course, team, lesson_keys=keys, **YEARLY)
    client.force_login(learner.user)
    client.post(leaflet.url + "read/")
    assert the_obligation(learner).satisfied_at == START
    clock.move_to(days(350))
    reconcile_obligations(at=days(350))
    assert the_obligation(learner, cycle=2).satisfied_at is None
    client.force_login(learner.user)
    client.post(leaflet.url + "read/")
    assert the_obligation(learner, cycle=2).satisfied_at == days(350)


@pytest.mark.parametrize("number", [3, 30])
def test_reconcile_costs_the_same_where_nothing_changes(team, course, number):
    for _member in range(number):
        a_member(team)
    assignment = an_assignment(course, team, **YEARLY)
    with CaptureQueriesContext(connection) as captured:
        reconcile_obligations(at=days(1), assignments=[assignment])
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


def test_patients_and_those_without_an_account_are_never_asked(team, course):
    an_assignment(course, team, people=[LearnerFactory()])
    assert not Obligation.objects.exists()
