"""Where no lesson of an assignment is live, nothing ends its pause: somebody decides."""

import pytest
from django.core import mail
from django.urls import reverse

from course.models import LessonPage
from mail.models import Message
from tests.factories import UserFactory, a_course, lessons_of
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.assignments import end_assignment
from training.assignments.models import Obligation
from training.teams.actions.memberships import leave_team

pytestmark = [pytest.mark.django_db, pytest.mark.long]

DECIDE = "Needs a decision: Safety"

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(time_zone="UTC", manager_email="mona@example.org")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org")


@pytest.fixture
def people(team):
    return [a_member(team, email=f"p{n}@example.org") for n in range(2)]


@pytest.fixture
def course():
    return a_course(lessons=2, questions=1)


@pytest.fixture
def rule(course, team, trainer, people):
    rule = an_assignment(
        course, team, title="Safety", due_on=days(8).date(), escalate_after_days=7
    )
    run_worker()
    mail.outbox.clear()
    return rule


@pytest.fixture
def gone(clock, rule, course):
    """Both lessons were taken offline on day 2."""
    take_offline(course)
    each_day(clock, 2, 3)
    return rule


def take_offline(course):
    for lesson in lessons_of(course):
        lesson.unpublish()


def each_day(clock, first, last):
    for number in range(first, last):
        clock.move_to(days(number))
        run_worker()


def seen_by(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args)).text


def test_its_page_says_what_to_decide(client, trainer, gone):
    text = seen_by(client, trainer, "assignments:inspect", gone.pk)
    assert "This needs a decision." in text
    assert "it cannot be done at the moment. 2 people are waiting." in text
    assert "change or end the assignment" in text
    assert "not due" in text


def test_the_start_page_leads_trainers_and_administrators_to_it(client, trainer, gone):
    for user in (trainer, UserFactory(is_superuser=True)):
        text = seen_by(client, user, "wagtailadmin_home")
        assert "Assignments that need a decision" in text
        assert reverse("assignments:inspect", args=[gone.pk]) in text


def test_who_trains_others_is_told_nothing(client, clock, gone):
    other = a_trainer(a_team("Other"), email="ted@example.org")
    run_worker()
    text = seen_by(client, other, "wagtailadmin_home")
    assert "need a decision" not in text
    assert subjects("ted@example.org") == []


def test_the_list_names_it_and_finds_it(client, trainer, team, gone):
    an_assignment(a_course(), team, title="Another")
    text = seen_by(client, trainer, "assignments:index")
    assert text.count("Needs a decision") == 2  # In the filter, and beside the one.
    found = client.get(reverse("assignments:index"), {"state": "undecided"})
    assert [row.title for row in found.context["object_list"]] == ["Safety"]


@pytest.mark.sweep
def test_trainers_are_told_once_and_nobody_is_chased(clock, gone):
    each_day(clock, 3, 40)
    assert subjects() == [DECIDE]
    assert mail.outbox[0].to == ["tess@example.org"]
    words = mail.outbox[0].body
    assert "it cannot be done at the moment. 2 people are waiting." in words
    assert f"/admin/training/assignments/{gone.pk}/" in words


@pytest.mark.sweep
def test_whoever_leaves_or_joins_meanwhile_brings_no_second_mail(
    clock, team, people, gone
):
    clock.move_to(days(4))
    leave_team(team=team, learner=people[0], at=days(4))
    a_member(team, email="eve@example.org")
    each_day(clock, 4, 12)
    leave_team(team=team, learner=people[1], at=days(12))
    each_day(clock, 12, 20)
    assert subjects() == [DECIDE]


def test_it_is_told_anew_when_it_comes_to_that_again(clock, course, gone):
    clock.move_to(days(5))
    for lesson in lessons_of(course):
        lesson.save_revision().publish()
    each_day(clock, 5, 7)
    LessonPage.objects.update(live=False)
    each_day(clock, 7, 9)
    assert subjects("tess@example.org") == [DECIDE, DECIDE]


@pytest.mark.parametrize("decision", ["ended", "published"])
def test_once_it_is_decided_nothing_is_said_any_more(
    client, clock, trainer, course, gone, decision
):
    if decision == "ended":
        end_assignment(assignment=gone, at=days(3), by=trainer)
    else:
        lessons_of(course)[0].save_revision().publish()
    each_day(clock, 3, 4)
    text = seen_by(client, trainer, "assignments:inspect", gone.pk)
    text += seen_by(client, trainer, "wagtailadmin_home")
    assert "This needs a decision" not in text
    assert "need a decision" not in text


def test_mail_that_waited_is_not_sent_once_it_is_decided(clock, course, rule):
    take_offline(course)
    clock.move_to(days(2).replace(hour=23))  # The quiet hours hold it back.
    run_worker()
    lessons_of(course)[0].save_revision().publish()
    each_day(clock, 3, 4)
    assert DECIDE not in subjects()
    assert Message.objects.get(kind="undecided").state == "dropped"


def test_a_quiz_that_pauses_needs_no_decision(client, clock, trainer, rule):
    LessonPage.objects.update(next_check=days(-100).date())
    each_day(clock, 2, 4)
    text = seen_by(client, trainer, "assignments:inspect", rule.pk)
    assert "This needs a decision" not in text
    assert "2 people cannot do it at the moment" in text
    assert "a quiz is paused until its lesson is reviewed" in text


def test_lessons_chosen_that_are_gone_while_others_are_live(
    client, clock, team, trainer, course, people
):
    first, _second = lessons_of(course)
    rule = an_assignment(course, team, lesson_keys=[str(first.translation_key)])
    first.unpublish()
    each_day(clock, 2, 3)
    text = seen_by(client, trainer, "assignments:inspect", rule.pk)
    assert "This needs a decision" in text
    assert set(Obligation.objects.with_status(days(2)).values_list("status")) == {
        ("paused",)
    }


def test_who_gave_it_to_people_by_name_is_told(clock, trainer, course):
    head = UserFactory(is_superuser=True, email="head@example.org")
    someone = a_member(a_team("Untrained"))
    an_assignment(course, people=[someone], title="Safety", created_by=head)
    run_worker()
    mail.outbox.clear()
    take_offline(course)
    each_day(clock, 2, 3)
    assert subjects() == [DECIDE]
    assert mail.outbox[0].to == ["head@example.org"]
