"""Finish a lesson that asks nothing. Safe to call again."""

from datetime import datetime

from django.db import transaction

from accounts.actions.learners import note_activity
from accounts.identity import Identity
from course.models import LessonPage
from course.queries import course_of
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    note_read_signed_in,
    start_lesson,
)
from progress.events import lesson_worked_on
from quizzes.actions.beginning import learner_as_seen
from quizzes.queries.attempts import paper_of


class UnableToMarkAsRead(Exception):
    """The lesson has a quiz, so reading it does not finish it."""


@transaction.atomic
def mark_as_read(
    *, lesson: LessonPage, identity: Identity, at: datetime, has_record: bool = False
) -> None:
    """Finish a lesson that has no quiz. If it is already finished, its date is kept.

    `has_record` and RecordIsGone are those of `learner_as_seen`.
    """
    if paper_of(lesson).questions:
        raise UnableToMarkAsRead
    learner = learner_as_seen(identity=identity, has_record=has_record, at=at)
    course = course_of(lesson)
    enrolment = enrol_learner(learner=learner, course=course, at=at)
    start_lesson(enrolment=enrolment, lesson_key=lesson.translation_key, at=at)
    complete_lesson(
        enrolment=enrolment,
        lesson_key=lesson.translation_key,
        how="read",
        at=at,
    )
    if learner.user_id:
        note_read_signed_in(
            enrolment=enrolment, lesson_key=lesson.translation_key, at=at
        )
    note_activity(learner=learner, at=at)
    lesson_worked_on.publish(learner=learner, course_key=course.translation_key, at=at)
