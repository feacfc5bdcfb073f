"""How first attempts went, and how little it takes to know."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.actions import answering, beginning
from quizzes.queries.statistics import FEWEST, QuestionStatistics, of_lesson
from tests.factories import QuestionFactory, UserFactory, a_course, lessons_of
from tests.quizzes.test_budgets import queries_of
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


def test_the_editor_shows_them_in_a_fixed_number_of_queries(client, lesson):
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client.get(url)
    few = len(queries_of(lambda: client.get(url)))
    for _question in range(5):
        QuestionFactory(lesson=lesson)
    for _person in range(FEWEST):
        give_answers(lesson, *["Wrong"] * 6)
    assert len(queries_of(lambda: client.get(url))) <= few + 1
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
