"""What can happen to a learner's progress. It only ever moves forwards."""

import uuid
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest

from accounts.models import Learner
from course.models import CoursePage
from course.queries import live_lessons
from progress.completion import course_is_done
from progress.models import Certificate, Enrolment, LessonProgress
from progress.queries import current_enrolment


def enrol(*, learner: Learner, course: CoursePage, at: datetime) -> Enrolment:
    """Return the learner's current enrolment in the course, made now if missing."""
    return (
        current_enrolment(learner, course.translation_key)
        or (
            Enrolment.objects.get_or_create(
                learner=learner,
                course_key=course.translation_key,
                cycle=1,
                defaults={"started_at": at},
            )[0]
        )
    )


def start_lesson(
    *, enrolment: Enrolment, lesson_key: uuid.UUID, at: datetime
) -> LessonProgress:
    """Return the progress on a lesson, begun now if it was not begun before."""
    return LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson_key, defaults={"started_at": at}
    )[0]


@transaction.atomic
def complete_lesson(
    *,
    enrolment: Enrolment,
    course: CoursePage,
    lesson_key: uuid.UUID,
    how: Literal["passed", "read"],
    at: datetime,
) -> None:
    """Mark a lesson passed or read, and the course completed if it was the last.

    A lesson already marked keeps its first date; doing it again changes nothing.
    """
    field = f"{how}_at"
    marked = LessonProgress.objects.filter(
        enrolment=enrolment, lesson_key=lesson_key, **{field: None}
    ).update(**{field: _not_before_start(at)})
    if marked:
        complete_course(enrolment=enrolment, course=course, at=at)


@transaction.atomic
def complete_course(*, enrolment: Enrolment, course: CoursePage, at: datetime) -> None:
    """Complete the course and issue its certificate once every live lesson is done.

    A course completed before, or not yet done, stays as it is.
    """
    titles = {lesson.translation_key: lesson.title for lesson in live_lessons(course)}
    done = enrolment.lessons.done().values_list("lesson_key", flat=True)
    if not course_is_done(done, titles):
        return
    first = Enrolment.objects.filter(pk=enrolment.pk, completed_at=None).update(
        completed_at=_not_before_start(at)
    )
    if first:
        statement = {"course": course.title, "lessons": list(titles.values())}
        Certificate.objects.get_or_create(
            enrolment=enrolment, defaults={"issued_at": at, "statement": statement}
        )


def _not_before_start(at):
    """Return the moment, or the row's start where another request began it later.

    Two requests at once may come to the database in the other order.
    """
    return Greatest(F("started_at"), Value(at, output_field=DateTimeField()))
