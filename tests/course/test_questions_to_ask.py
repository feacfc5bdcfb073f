"""Questions to ask are rows of a lesson, which its body only shows."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import LessonPage
from course.queries import lesson_material
from quizzes.actions.safety_updates import changed_places
from tests.factories import QuestionToAskFactory, lessons_of

pytestmark = pytest.mark.django_db

SHOWN = [
    {"type": "heading", "value": {"title": "To ask", "anchor": "ask"}},
    {"type": "questions_to_ask", "value": {"title": "Take these along"}},
]


@pytest.fixture
def lesson(course):
    lesson = lessons_of(course)[0]
    lesson.body = json.dumps(SHOWN)
    lesson.save()
    QuestionToAskFactory(lesson=lesson, text="Who makes it?")
    return lesson


@pytest.mark.parametrize("address", ["", "print/"])
def test_the_lesson_shows_them_where_its_body_says(client, lesson, address):
    page = client.get(f"{lesson.url}{address}").text
    assert page.index("Take these along") < page.index("Who makes it?")


def test_a_preview_shows_those_of_the_draft(lesson):
    draft = LessonPage.objects.get(pk=lesson.pk)
    draft.questions_to_ask.set(
        [
            QuestionToAskFactory.build(
                text="Who pays?", locale=lesson.locale, lesson=None
            )
        ]
    )
    assert [row.text for row in lesson_material(draft).to_ask] == ["Who pays?"]


def test_a_lesson_that_shows_none_does_not_ask_for_them(course):
    lesson = lessons_of(course)[1]
    with CaptureQueriesContext(connection) as queries:
        assert lesson_material(lesson).to_ask == ()
    assert not [q for q in queries if "questiontoask" in q["sql"]]


def test_a_changed_one_is_a_change_of_its_passage(lesson):
    before = LessonPage.objects.get(pk=lesson.pk)
    assert changed_places(before, lesson) == []
    lesson.questions_to_ask.set(
        [
            QuestionToAskFactory.build(
                text="Who pays?", locale=lesson.locale, lesson=lesson
            )
        ]
    )
    assert changed_places(before, lesson) == ["#ask"]
