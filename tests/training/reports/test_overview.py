"""The course overview counts everybody, and shows no group of fewer than ten."""

import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from clarity.models import ClarityAnswer
from tests.factories import LearnerFactory, UserFactory, lessons_of
from tests.roles import a_person
from tests.taking_quizzes import give_answers
from tests.training.crowds import BARE, queries_of
from training.reports.queries.overview import course_overview
from training.reports.rules.item_analysis import Pattern
from training.reports.rules.overview import LessonFigures, describe_lessons
from visit.models import ChosenQuestion

REPORT = "/admin/training/reports/course/"
COUNTS = st.integers(0, 30)
A_LESSON = st.builds(
    LessonFigures,
    people=COUNTS,
    finished=COUNTS,
    patterns=st.lists(
        st.builds(
            Pattern,
            right=st.just(frozenset({"a"})),
            wrong=st.just(frozenset()),
            not_sure=st.sampled_from([frozenset(), frozenset({"b"})]),
            people=COUNTS,
        ),
        max_size=2,
    ).map(tuple),
    judged=COUNTS,
)


@given(st.lists(A_LESSON, max_size=4), st.dictionaries(st.integers(0, 3), COUNTS))
def test_no_figure_is_about_fewer_than_ten_people(lessons, furthest):
    lines = describe_lessons(lessons, furthest)
    for lesson, line in zip(lessons, lines, strict=True):
        answered = sum(pattern.people for pattern in lesson.patterns)
        assert line.reached is None or line.reached >= 10
        assert (line.people is None) == (lesson.people < 10)
        assert (line.finished is None) == (lesson.people < 10)
        assert line.stopped is None or line.reached is not None
        assert line.not_sure is None or answered >= 10
        assert (line.clear is None) == (lesson.judged < 10)


def answers(course, number, *, lesson=0, text="Right", clear=None):
    """Have so many people without an account take the quiz of a lesson."""
    page = lessons_of(course)[lesson]
    questions = page.questions.count()
    for _person in range(number):
        give_answers(page, *[text] * questions)
        if clear is not None:
            ClarityAnswer.objects.create(
                form_key=uuid.uuid4(),
                lesson_key=page.translation_key,
                locale="en",
                is_clear=clear,
                given_on=timezone.localdate(),
            )


@pytest.mark.django_db
def test_patients_without_an_account_are_counted(course):
    answers(course, 9, clear=True)
    answers(course, 3, text=None, clear=False)
    overview = course_overview(course)
    first, second = (line.figures for line in overview.lessons[:2])
    assert (first.people, first.finished, first.stopped) == (12, 9, 12)
    assert first.not_sure == pytest.approx(0.25)
    assert first.clear == pytest.approx(0.75)
    assert (second.people, second.reached, second.clear) == (None, None, None)
    assert overview.missed[0].per_cent == 25


@pytest.mark.django_db
def test_where_people_stop_is_where_they_answered_last(course):
    for _person in range(10):
        token = give_answers(lessons_of(course)[0], "Right")
        give_answers(lessons_of(course)[1], "Right", token=token)
    answers(course, 2)
    first, second = (line.figures for line in course_overview(course).lessons[:2])
    assert (first.reached, first.stopped) == (12, 2)
    assert (second.reached, second.stopped) == (10, 10)


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.urls("tests.training.crowds")
def test_it_asks_as_many_queries_for_many_people_as_for_few(client, course):
    client.force_login(UserFactory(administrator=True))
    found = []
    for people in (2, 14):
        answers(course, people, clear=True)
        wish(course, people, "Who pays?")
        found.append(queries_of(client, REPORT) - queries_of(client, BARE))
    assert found[0] == found[1] <= 14


def wish(course, number, words, *, is_struck_out=False):
    """Have so many people put a question of the first lesson on their lists."""
    for _person in range(number):
        ChosenQuestion.objects.create(
            learner=LearnerFactory(),
            kind="to_ask",
            key=uuid.uuid5(course.translation_key, words),
            page_key=lessons_of(course)[0].translation_key,
            wording=words,
            place=1,
            is_struck_out=is_struck_out,
            chosen_at=timezone.now(),
        )


@pytest.mark.django_db
def test_what_ten_people_ask_is_shown_and_what_nine_ask_is_not(client, course):
    client.force_login(a_person("Trainer"))
    assert "Nothing is asked by 10 people or more yet." in client.get(REPORT).text
    wish(course, 10, "Who pays?")
    wish(course, 9, "Who calls me?")
    wish(course, 1, "Who calls me?", is_struck_out=True)
    page = client.get(REPORT).text
    assert "Who pays?" in page
    assert "Who calls me?" not in page


@pytest.mark.django_db
def test_trainers_see_it_and_download_it_and_authors_do_not(client, course):
    answers(course, 12)
    client.force_login(a_person("Trainer"))
    page = client.get(REPORT)
    assert course.title in page.text
    assert "training-chart" in page.text
    assert lessons_of(course)[0].title in page.text
    assert "fewer than 10" in page.text
    export = client.get(f"{REPORT}?export=csv").getvalue().decode()
    assert "fewer than 10" in export
    client.force_login(a_person("Author"))
    assert client.get(REPORT).status_code in (302, 403)
