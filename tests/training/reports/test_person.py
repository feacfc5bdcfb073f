"""A person's record holds what their trainer may see, and nobody else's trainer."""

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from progress.models import Certificate
from tests.factories import LearnerFactory, a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.roles import a_person
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.models import ExceptionEntry, Obligation
from training.teams.actions.memberships import join_team, leave_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team)
    client.force_login(user)
    return user


@pytest.fixture
def member(team, course):
    learner = a_member(team, first_name="Ada", last_name="Brown")
    an_assignment(course, team)
    return learner


def record(client, learner):
    response = client.get(reverse("reports:person", args=[learner.uuid]))
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def test_it_shows_what_was_asked_and_how_it_stands(client, course, member, trainer):
    text = record(client, member)
    assert "Ward 3 : member since" in text
    assert course.title in text
    assert "to do" in text


def test_it_shows_all_cycles(client, course, member, trainer):
    first = Obligation.objects.get()
    enrolment = member.enrolments.create(
        course_key=course.translation_key, started_at=timezone.now()
    )
    Obligation.objects.filter(pk=first.pk).update(
        satisfied_at=timezone.now(),
        satisfied_by=enrolment,
        expires_at=timezone.now() - dt.timedelta(seconds=1),
    )
    first.pk, first.cycle = None, 2
    first.save()
    text = record(client, member)
    assert "expired" in text
    assert "to do" in text


def test_it_shows_first_and_newest_score_of_each_lesson(
    client, course, member, trainer
):
    lesson = lessons_of(course)[0]
    answer_all(lesson, member, "Wrong", "Wrong")
    answer_all(lesson, member, "Right", "Right", again=True)
    assert f"{lesson.title} {course.title} 1 2 0 / 2 2 / 2" in record(client, member)


def test_it_shows_certificates_and_exceptions(client, course, member, trainer):
    for lesson in lessons_of(course):
        answer_all(lesson, member, "Right", "Right")
    ExceptionEntry.objects.create(
        obligation=Obligation.objects.get(),
        kind="waiver",
        reason="Trained elsewhere",
        starts_at=timezone.now(),
        created_at=timezone.now(),
    )
    text = record(client, member)
    assert Certificate.objects.get().serial in text
    assert "waiver" in text
    assert "“Trained elsewhere”" in text


def test_learning_of_ones_own_accord_is_not_shown(client, member, trainer):
    private = a_course(title="Private matters")
    answer_all(lessons_of(private)[0], member, "Right", "Right")
    assert "Private matters" not in record(client, member)


def test_what_another_team_asked_is_not_shown(client, course, member, trainer):
    other = a_team("Ward 4")
    elsewhere = a_course(title="Only of others")
    an_assignment(elsewhere, other)
    join_team(team=other, learner=member, role=Role.MEMBER, at=timezone.now())
    answer_all(lessons_of(elsewhere)[0], member, "Right", "Right")
    text = record(client, member)
    assert "Only of others" not in text
    assert "Ward 4" not in text


def test_others_do_not_find_it(client, course, member):
    path = reverse("reports:person", args=[member.uuid])
    client.force_login(a_trainer(a_team("Ward 4")))
    assert client.get(path).status_code == 404
    client.force_login(a_person("Author"))
    assert client.get(path).status_code == 302


def test_patients_and_nobody_are_not_found(client, trainer):
    for key in (LearnerFactory().uuid, uuid.uuid4()):
        assert client.get(reverse("reports:person", args=[key])).status_code == 404


def test_an_observer_and_the_trainer_of_who_left_may_read_it(
    client, course, team, member, trainer
):
    leave_team(team=team, learner=member, at=timezone.now())
    assert course.title in record(client, member)
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert course.title in record(client, member)
