"""Living through the years of an assignment, day by day."""

import datetime as dt

from django.core import mail
from django.utils import timezone

from course.models import LessonPage
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    note_read_signed_in,
    start_lesson,
)
from tests.training.outbox import run_worker
from training.assignments.actions.satisfaction import mark_satisfied
from training.assignments.models import Obligation

BEGIN = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


def on(year, month, day, hour=9):
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


def renew(next_check):
    """Publish every lesson with the day of its next check, as an author does."""
    for lesson in LessonPage.objects.live():
        lesson.next_check = next_check
        lesson.save_revision().publish()


def learn(learner, course, *, but=0):
    """Do the lessons of the course, all but so many."""
    at = timezone.now()
    enrolment = enrol_learner(learner=learner, course=course, at=at)
    lessons = list(LessonPage.objects.child_of(course).live().order_by("path"))
    for lesson in lessons[: len(lessons) - but]:
        key = lesson.translation_key
        start_lesson(enrolment=enrolment, lesson_key=key, at=at)
        complete_lesson(enrolment=enrolment, lesson_key=key, how="read", at=at)
        note_read_signed_in(enrolment=enrolment, lesson_key=key, at=at)
    mark_satisfied(learner=learner, at=at)


def live_until(clock, *moments):
    """Run the worker at each moment; return (day, address, subject) of all mail."""
    found = []
    for moment in moments:
        clock.move_to(moment)
        run_worker()
        found += [(moment.date().isoformat(), m.to[0], m.subject) for m in mail.outbox]
        mail.outbox.clear()
    return found


def each_day(first, last, *, step=1):
    """Return the moments from day to day, or every so many, and the last one."""
    numbers = range(0, (last - first).days, step)
    return [*(first + dt.timedelta(days=n) for n in numbers), last]


def to(found, name):
    address = f"{name}@example.org"
    return [(day, subject) for day, whom, subject in found if whom == address]


def newest(learner):
    rows = Obligation.objects.filter(learner=learner).newest_cycle()
    return rows.with_status(timezone.now()).get()


def due_day(learner):
    return newest(learner).effective_due_at.date()
