"""Obligations follow from who is in which team, and from what was done."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import UserFactory, a_course, lessons_of
from tests.taking_quizzes import answer
from tests.training.moments import START, days
from tests.training.staff import Role, a_member, a_team, an_assignment, pass_lesson
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import ExceptionEntry, Obligation, Status
from training.teams import log
from training.teams.actions.memberships import join_team, leave_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2)


@pytest.fixture
def learner(team):
    return a_member(team)


def learn(client, learner, course):
    client.force_login(learner.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)


def sign_in(client, user):
    """Sign in through the page, which brings along what the browser learnt."""
    user.set_password("a long good password")
    user.save()
    form = {"login": user.email, "password": "a long good password"}
    client.post("/account/login/", form)


def the_obligation(learner, cycle=1):
    return Obligation.objects.get(learner=learner, cycle=cycle)


def status_of(obligation, at=None):
    rows = Obligation.objects.with_status(at or timezone.now())
    return rows.get(pk=obligation.pk).status


def test_members_get_it_and_those_who_look_after_them_do_not(team, course, learner):
    a_member(team, role=Role.TRAINER)
    a_member(team, role=Role.OBSERVER)
    an_assignment(course, team)
    assert Obligation.objects.get().learner == learner


def test_giving_it_out_twice_asks_nobody_twice(team, course, learner):
    assignment = an_assignment(course, team)
    reconcile_obligations(at=days(1))
    reconcile_obligations(at=days(1), assignments=[assignment])
    assert Obligation.objects.count() == 1
    assert log.entries_about(learner).filter(action="training.assigned").count() == 1


def test_somebody_in_two_teams_is_asked_once(team, course, learner):
    other = a_team("Ward 4")
    join_team(team=other, learner=learner, role=Role.MEMBER, at=days(1))
    an_assignment(course, team, other)
    assert the_obligation(learner).team == team


def test_who_joins_later_gets_it_unless_it_is_for_those_of_then(team, course):
    an_assignment(course, team)
    an_assignment(course, team, later_joiners=False, title="Only now")
    late = a_member(team, at=days(3))
    assert the_obligation(late).assignment.title == course.title


def test_who_leaves_is_asked_no_longer_and_who_comes_back_is(team, course, learner):
    an_assignment(course, team)
    leave_team(team=team, learner=learner, at=days(1))
    assert status_of(the_obligation(learner)) == Status.WITHDRAWN
    join_team(team=team, learner=learner, role=Role.MEMBER, at=days(2))
    assert status_of(the_obligation(learner)) == Status.OPEN


def test_the_last_quiz_satisfies_it_at_once(client, team, course, learner):
    an_assignment(course, team)
    learn(client, learner, course)
    obligation = the_obligation(learner)
    assert obligation.satisfied_at == START
    assert obligation.satisfied_by.certificate
    assert log.entries_about(learner)[0].action == "training.satisfied"


def test_what_was_learnt_without_signing_in_does_not_satisfy(client, team, course):
    an_assignment(course, team)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    learner = a_member(team)
    sign_in(client, learner.user)
    assert learner.enrolments.get().completed_at
    assert the_obligation(learner).satisfied_at is None


def test_it_does_where_the_policy_says_so(client, team, course):
    an_assignment(course, team, anonymous_counts=True)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    learner = a_member(team)
    sign_in(client, learner.user)
    assert the_obligation(learner).satisfied_at


def test_who_had_completed_it_before_does_it_anew(client, team, course, learner, clock):
    learn(client, learner, course)
    clock.move_to(days(5))
    an_assignment(course, team)
    assert the_obligation(learner).satisfied_at is None
    assert [e.cycle for e in learner.enrolments.order_by("cycle")] == [1, 2]
    learn(client, learner, course)
    assert the_obligation(learner).satisfied_by.cycle == 2


def test_what_was_done_before_counts_where_that_is_said(client, team, course, learner):
    learn(client, learner, course)
    an_assignment(course, team, at=days(5), prior_counts=True)
    assert the_obligation(learner).satisfied_at == START
    assert learner.enrolments.count() == 1


def test_the_next_cycle_opens_a_window_before_expiry(
    client, team, course, learner, clock
):
    an_assignment(
        course, team, recurs_every_months=12, recurs_from="completion", window_days=30
    )
    learn(client, learner, course)
    first = the_obligation(learner)
    assert first.expires_at.date() == dt.date(2027, 3, 2)
    reconcile_obligations(at=dt.datetime(2027, 1, 30, tzinfo=dt.UTC))
    assert Obligation.objects.count() == 1

    clock.move_to(dt.datetime(2027, 2, 1, tzinfo=dt.UTC))
    reconcile_obligations(at=timezone.now())
    second = the_obligation(learner, cycle=2)
    assert second.due_at == first.expires_at
    page = client.get(lessons_of(course)[0].url + "quiz/1/")
    assert "Question 1 of 2" in page.text
    learn(client, learner, course)
    second.refresh_from_db()
    first.refresh_from_db()
    assert second.satisfied_by.cycle == 2
    assert first.satisfied_by.cycle == 1


def test_a_quiz_left_open_is_closed_when_the_course_begins_anew(
    client, team, course, learner, clock
):
    learn(client, learner, course)
    quiz_url = lessons_of(course)[0].url + "quiz/"
    client.post(quiz_url + "again/", {"which": "all"})
    answer(client, quiz_url, "Right")
    clock.move_to(days(5))
    an_assignment(course, team)
    assert not learner.attempts.open().exists()
    assert "Question 1 of 2" in client.get(quiz_url, follow=True).text


def test_exceptions_fall_back_by_themselves(team, course, learner):
    an_assignment(course, team)
    obligation = the_obligation(learner)
    an_exception(obligation, kind="extension", due_at=days(60))
    an_exception(obligation, kind="waiver", ends_at=days(40))
    assert status_of(obligation, days(39)) == Status.WAIVED
    assert status_of(obligation, days(41)) == Status.OPEN
    assert status_of(obligation, days(50)) == Status.DUE_SOON
    assert status_of(obligation, days(61)) == Status.OVERDUE


def test_a_waiver_for_good_counts_as_done_when_it_was_due(team, course, learner):
    an_assignment(course, team, recurs_every_months=6, recurs_from="completion")
    an_exception(the_obligation(learner), kind="waiver")
    reconcile_obligations(at=days(30 + 184))
    assert status_of(the_obligation(learner, cycle=2), days(215)) == Status.OVERDUE


def test_a_deputy_satisfies_what_was_handed_over(client, team, course, learner):
    an_assignment(course, team)
    deputy = a_member(a_team("Ward 4"))
    obligation = the_obligation(learner)
    an_exception(obligation, kind="hand_over", deputy=deputy)
    learn(client, deputy, course)
    obligation.refresh_from_db()
    assert obligation.satisfied_by.learner == deputy


def test_extra_attempts_count_beyond_those_of_the_rule(client, team, course, learner):
    assignment = an_assignment(course, team, attempts_counted=1)
    client.force_login(learner.user)
    first, second = lessons_of(course)
    quiz_url = first.url + "quiz/"
    answer(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Wrong")
    client.post(quiz_url + "again/", {"which": "missed"})
    pass_lesson(client, first)
    pass_lesson(client, second)
    assert the_obligation(learner).satisfied_at is None
    an_exception(the_obligation(learner), kind="extra_attempts", extra_attempts=1)
    reconcile_obligations(at=days(1), assignments=[assignment])
    assert the_obligation(learner).satisfied_at


def an_exception(obligation, **fields):
    return ExceptionEntry.objects.create(
        **{
            "obligation": obligation,
            "reason": "Ill",
            "actor": UserFactory(),
            "starts_at": START,
            "created_at": START,
        }
        | fields
    )
