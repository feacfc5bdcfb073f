"""Who needs help: by misses, by extensions, by a stop; and nobody else."""

import pytest
from django.utils import timezone

from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.moments import START, clock_at, days
from tests.training.outbox import an_exception
from tests.training.reading import page_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ward():
    return a_team("Ward 3")


@pytest.fixture
def course():
    course = a_course(lessons=1, questions=2)
    lessons_of(course)[0].questions.update(critical=True)
    return course


def reasons(client, ward):
    client.force_login(a_trainer(ward))
    head, *rows = page_rows(client, "help") or [[]]
    return {row[0].split()[-1]: row[head.index("Why")] for row in rows}


def test_three_misses_of_one_critical_question_are_told_but_not_two(
    client, ward, course
):
    thrice, twice = (a_member(ward, last_name=name) for name in ("Thrice", "Twice"))
    an_assignment(course, ward)
    [lesson] = lessons_of(course)
    for learner, times in ((thrice, 3), (twice, 2)):
        for number in range(times):
            answer_all(lesson, learner, "Wrong", "Wrong", again=number > 0)
    assert reasons(client, ward) == {"Thrice": "missed a critical question three times"}


def test_who_began_and_stopped_for_two_weeks_is_told(client, ward, course, clock):
    stopped = a_member(ward, last_name="Stopped")
    a_member(ward, last_name="Never")
    an_assignment(course, ward)
    answer_all(lessons_of(course)[0], stopped, "Right", None)
    clock.move_to(days(13))
    assert reasons(client, ward) == {}
    clock.move_to(days(15))
    assert set(reasons(client, ward)) == {"Stopped"}


def test_a_third_extension_is_told_also_when_the_others_are_over(
    client, ward, course, clock
):
    a_member(ward, last_name="Later")
    an_assignment(course, ward)
    obligation = Obligation.objects.get()
    for number in (1, 2, 3):
        assert reasons(client, ward) == {}
        an_exception(
            obligation,
            kind="extension",
            due_at=days(30 + 10 * number),
            ends_at=days(30 + 10 * number),
            starts_at=timezone.now(),
        )
    assert reasons(client, ward) == {"Later": "has been given more time three times"}


def test_who_has_done_it_needs_no_help(client, ward, course, clock):
    learner = a_member(ward)
    an_assignment(course, ward)
    [lesson] = lessons_of(course)
    for number in range(3):
        answer_all(lesson, learner, "Wrong", "Wrong", again=number > 0)
    answer_all(lesson, learner, "Right", "Right", again=True)
    assert reasons(client, ward) == {}


def test_trainers_see_their_own_teams_only(client, ward, course, clock):
    answerer = a_member(a_team("Elsewhere"))
    an_assignment(course, answerer.memberships.get().team)
    answer_all(lessons_of(course)[0], answerer, "Right", None)
    clock.move_to(days(20))
    assert reasons(client, ward) == {}
