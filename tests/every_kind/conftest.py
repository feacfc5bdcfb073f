"""Every kind of question goes through everything that reads questions and answers.

A kind that is added is sent along by its name: it needs a trait in `QuestionFactory` and,
if its shape is a new one, a way to change its key; nothing else in the tests.
"""

import pytest

from course.models import LessonPage
from quizzes import kinds
from tests.factories import QuestionFactory, a_course, lessons_of

TRAITS = {"single_choice": {}, "multiple_response": {"multiple": True}}


@pytest.fixture(params=kinds.NAMES)
def row(request):
    """A live question of each kind in turn, alone in its lesson."""
    lesson = lessons_of(a_course(lessons=1, questions=0))[0]
    trait = TRAITS.get(request.param, {request.param: True})
    return QuestionFactory(lesson=lesson, **trait)


@pytest.fixture
def lesson(row):
    row.lesson.save_revision().publish()
    return LessonPage.objects.get(pk=row.lesson_id)


@pytest.fixture
def quiz_url(lesson):
    return lesson.url + "quiz/"
