"""What somebody has done stays with the course it was done in, however that changes."""

import pytest
from django.test import Client

from accounts.models import Learner
from course.models import LessonPage
from progress.models import Certificate
from tests.factories import a_course, lessons_of
from tests.taking_quizzes import answer, finish

pytestmark = pytest.mark.django_db


def moved(lesson, course):
    """Return the lesson after it was moved to the end of the course."""
    LessonPage.objects.get(pk=lesson.pk).move(course, pos="last-child")
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.mark.parametrize("answered_before", [1, 2])
def test_a_lesson_moved_away_completes_no_course_that_was_never_taken(answered_before):
    taken, other = a_course(lessons=2), a_course(lessons=0)
    lesson = lessons_of(taken)[0]
    learner = Client()
    for _question in range(answered_before):
        answer(learner, lesson.url + "quiz/", "Right")
    lesson = moved(lesson, other)
    finish(learner, lesson.url + "quiz/", ["Right"] * (2 - answered_before))
    assert not Certificate.objects.exists()
    enrolment = Learner.objects.get().enrolments.get()
    assert enrolment.course_key == taken.translation_key
    assert enrolment.completed_at is None
