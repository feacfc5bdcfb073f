"""Merging two learners' progress into one. The further progress is kept."""

from datetime import datetime

from django.db import transaction

from accounts.models import Learner
from progress.actions.enrolments import complete_courses
from progress.models import Certificate, Enrolment
from progress.queries import current_enrolment


def enrol_like(*, enrolment: Enrolment, learner: Learner) -> Enrolment:
    """Return the learner's current enrolment in the same course.

    If there is none, it is created with this one's start.
    """
    return (
        current_enrolment(learner, enrolment.course_key)
        or (
            Enrolment.objects.get_or_create(
                learner=learner,
                course_key=enrolment.course_key,
                cycle=enrolment.cycle,
                defaults={"started_at": enrolment.started_at},
            )[0]
        )
    )


@transaction.atomic
def merge_progress(source: Learner, target: Learner, at: datetime) -> None:
    """Merge the source's enrolments into the target's, with the earliest dates.

    A course that the two finished between them is completed now. Rows that refer to the
    source's enrolments must have been moved before.
    """
    for enrolment in source.enrolments.order_by("cycle"):
        united = enrol_like(enrolment=enrolment, learner=target)
        for lesson in enrolment.lessons.all():
            _unite_lesson(lesson, united)
        _unite_enrolment(enrolment, united, at)
        complete_courses(enrolments=[united.pk], at=at)


def _unite_lesson(lesson, enrolment):
    known = enrolment.lessons.filter(lesson_key=lesson.lesson_key).first()
    if known is None:
        lesson.enrolment = enrolment
        lesson.save(update_fields=["enrolment"])
        return
    for field in ("started_at", "passed_at", "read_at"):
        setattr(known, field, _earliest(getattr(known, field), getattr(lesson, field)))
    known.save()
    lesson.delete()


def _unite_enrolment(enrolment, united, at):
    united.started_at = min(united.started_at, enrolment.started_at)
    united.completed_at = _earliest(united.completed_at, enrolment.completed_at)
    united.save(update_fields=["started_at", "completed_at"])
    _unite_certificates(enrolment, united, at)
    enrolment.delete()


def _unite_certificates(enrolment, united, at):
    """Keep the one issued first in force; mark the others as replaced."""
    both = Certificate.objects.filter(enrolment__in=[enrolment, united])
    in_force = both.in_force().order_by("issued_at", "pk")
    first = in_force.first()
    if first:
        in_force.exclude(pk=first.pk).update(replaced_at=at)
    both.update(enrolment=united)


def _earliest(*moments):
    return min(filter(None, moments), default=None)
