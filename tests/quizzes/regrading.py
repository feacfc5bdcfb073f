"""A lesson that people answered, and a change of its first question's key."""

import json
from contextlib import contextmanager

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from course.models import LessonPage
from quizzes.models import Grade
from tests.factories import a_course, lessons_of
from tests.taking_quizzes import browser_of, give_answers

OLD_RIGHT = ("Right", "Right", "Right", "Wrong", "Wrong")  # 3 of 5, passed
NEW_RIGHT = ("Wrong", "Right", "Right", "Wrong", "Wrong")  # 2 of 5, 3 by the new key
NEITHER = ("Also wrong", "Right", "Right", "Wrong", "Wrong")
UNSURE = (None, "Right", "Right", "Wrong", "Wrong")


def a_lesson_of(questions=5, **course):
    return lessons_of(a_course(lessons=1, questions=questions, **course))[0]


def take(lesson, *texts):
    """Return a new learner's browser, after the quiz was answered with these texts."""
    return browser_of(give_answers(lesson, *texts))


def draft_of(lesson, *, right="Wrong", question=0, **fields):
    """Return a saved revision in which the option `right` is the right one."""
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    questions = list(draft.questions.all())
    stream = questions[question].options.get_prep_value()
    for option in stream:
        option["value"]["right"] = option["value"]["text"] == right
    questions[question].options = json.dumps(stream)
    draft.questions.set(questions)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def scores(run=None):
    """Return the marks of each attempt, in their order: of a run, or the newest."""
    grades = Grade.objects.order_by("attempt", "run")
    grades = grades.filter(run=run) if run else grades
    return list({grade.attempt_id: grade.right for grade in grades}.values())


@contextmanager
def undone():
    """Let what happens inside not have happened, so that the lesson serves again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def an_answered_lesson():
    """Return a lesson of five questions that four people have answered."""
    lesson = a_lesson_of()
    for texts in (OLD_RIGHT, NEW_RIGHT, NEITHER, UNSURE):
        take(lesson, *texts)
    return lesson


def cost_of(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
