"""How first attempts went, and how little it takes to know."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.actions import answering, beginning
from quizzes.queries import statistics
from quizzes.queries.statistics import (
    QuestionStatistics,
    of_lesson,
    recent_of_lesson,
)
from quizzes.rules.groups import FEWEST
from tests.factories import QuestionFactory, UserFactory, a_course, lessons_of
from tests.statements import rows_read, statements_of
from tests.taking_quizzes import give_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=1))[0]


def told(lesson):
    return of_lesson(lesson.translation_key)[
        str(lesson.questions.get().translation_key)
    ]


def test_shares_and_the_most_chosen_wrong_option(lesson):
    for choice in ["Right"] * 5 + ["Wrong"] * 3 + ["Also wrong"] * 2 + [None] * 2:
        give_answers(lesson, choice)
    assert told(lesson) == QuestionStatistics(12, 42, 17, "Wrong")


def test_nothing_is_told_of_fewer_than_ten(lesson):
    for _person in range(FEWEST - 1):
        give_answers(lesson, "Right")
    assert told(lesson) is None
    give_answers(lesson, "Right")
    assert told(lesson) == QuestionStatistics(10, 100, 0, "")


def test_only_first_attempts_count(lesson):
    people = [give_answers(lesson, "Wrong") for _person in range(FEWEST)]
    learners = {a.learner for a in answering.Attempt.objects.all()}
    for learner in learners:
        beginning.begin_again(
            lesson=lesson, learner=learner, which="missed", at=timezone.now()
        )
    for token in people:
        give_answers(lesson, "Right", token=token)
    assert answering.Attempt.objects.submitted().count() == 2 * FEWEST
    assert told(lesson).right == 0
    assert told(lesson).people == FEWEST


def test_a_step_out_of_place_is_no_wrong_option(lesson):
    lesson.questions.all().delete()
    QuestionFactory(lesson=lesson, ordering=True)
    for _person in range(FEWEST):
        give_answers(lesson, "First")
    assert told(lesson) == QuestionStatistics(10, 0, 0, "")


def test_all_questions_and_attempts_are_read_in_three_queries(
    lesson, django_assert_num_queries
):
    for _question in range(5):
        QuestionFactory(lesson=lesson)
    for _person in range(FEWEST + 3):
        give_answers(lesson, *["Right"] * 6)
    with django_assert_num_queries(3):
        assert len(of_lesson(lesson.translation_key)) == 6


def test_rows_are_read_of_different_answers_not_of_people(lesson):
    def rows_of(people):
        for choice in [*["Right"] * people, *["Wrong"] * people]:
            give_answers(lesson, choice)
        return rows_read(lambda: of_lesson(lesson.translation_key))

    few = rows_of(FEWEST)
    assert rows_of(FEWEST) == few
    assert told(lesson) == QuestionStatistics(4 * FEWEST, 50, 0, "Wrong")


def test_a_later_answer_replaces_an_earlier_one_in_the_counts(lesson):
    for _person in range(FEWEST):
        give_answers(lesson, "Wrong")
    for attempt in answering.Attempt.objects.all()[:6]:
        given = attempt.answers.get()
        right = str(lesson.questions.get().options[0].id)
        attempt.answers.create(
            question_key=given.question_key,
            sequence=2,
            client_uuid=uuid.uuid4(),
            options=[right],
            origin=given.origin,
            given_at=given.given_at,
        )
    assert told(lesson).most_chosen_wrong == "Wrong"
    counted = statistics._given_wrongly(
        statistics._first_attempts(lesson.translation_key)
    )
    (wrong,) = counted.values()
    assert sum(wrong.times.values()) == FEWEST - 6


def test_of_many_people_they_are_counted_once_in_ten_minutes(lesson, monkeypatch):
    monkeypatch.setattr(statistics, "MANY", FEWEST + 1)
    key = lesson.translation_key
    for people in (FEWEST, FEWEST + 1):
        give_answers(lesson, *["Right"])
        while told(lesson) is None or told(lesson).people < people:
            give_answers(lesson, "Right")
        assert recent_of_lesson(key) == of_lesson(key)
    before = of_lesson(key)
    give_answers(lesson, "Wrong")
    assert recent_of_lesson(key) == before != of_lesson(key)


@pytest.mark.sweep
def test_the_editor_shows_them_in_a_fixed_number_of_queries(client, lesson):
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client.get(url)
    few = len(statements_of(client.get, url))
    for _question in range(5):
        QuestionFactory(lesson=lesson)
    for _person in range(FEWEST):
        give_answers(lesson, *["Wrong"] * 6)
    assert len(statements_of(client.get, url)) <= few + 1
    page = client.get(url).text
    assert page.count('data-answers="0% right of 10"') == 6
    assert "Most common wrong option: “Wrong”" in page


def test_the_editor_says_what_is_to_be_fixed(client, lesson):
    client.force_login(UserFactory(administrator=True))
    QuestionFactory(lesson=lesson, sources="S9", answered_in="")
    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text
    assert 'data-to-fix="0"' in page
    assert 'data-to-fix="2"' in page
    assert "Enter the passage that answers it." in page
