"""Actions on a learner's progress, which only ever moves forwards."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries import course_that_counts, live_lessons
from course.queries.first_language import as_read
from progress.events import course_changed
from progress.models import Certificate, Enrolment, LessonProgress
from progress.queries import current_enrolment
from progress.rules import certification
from progress.rules.completion import course_is_done


def enrol_learner(*, learner: Learner, course: CoursePage, at: datetime) -> Enrolment:
    """Return the learner's current enrolment in the course, created if missing."""
    key = course.translation_key
    return current_enrolment(learner, key) or _first_enrolment(learner, key, at)


def _first_enrolment(learner, course_key, at):
    """Create the enrolment; if another request just did, return that one."""
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                learner=learner, course_key=course_key, cycle=1, started_at=at
            )
    except IntegrityError:
        return Enrolment.objects.get(learner=learner, course_key=course_key, cycle=1)


def begin_cycle(
    *, learner: Learner, course_key: uuid.UUID, at: datetime
) -> Enrolment | None:
    """Start the course again if it is completed; return the current enrolment.

    Returns the old one if it is not completed, and None if there is none: then the
    first action enrols the learner. What was done before does not change.
    """
    current = current_enrolment(learner, course_key)
    if current is None or current.completed_at is None:
        return current
    return Enrolment.objects.get_or_create(
        learner=learner,
        course_key=course_key,
        cycle=current.cycle + 1,
        defaults={"started_at": at},
    )[0]


def start_lesson(*, enrolment: Enrolment, lesson_key: uuid.UUID, at: datetime) -> None:
    """Record that a lesson was started now, if it was not started before, in one query."""
    begun = LessonProgress(enrolment=enrolment, lesson_key=lesson_key, started_at=at)
    LessonProgress.objects.bulk_create([begun], ignore_conflicts=True)


def complete_lesson(
    *,
    enrolment: Enrolment,
    lesson_key: uuid.UUID,
    how: Literal["passed", "read"],
    at: datetime,
) -> None:
    """Mark a lesson passed or read, and the course completed if it was the last.

    A lesson already marked keeps its first date. Safe to call again.
    """
    complete_lessons(enrolments=[enrolment.pk], lesson_key=lesson_key, how=how, at=at)


@transaction.atomic
def pass_lessons(
    *, begun: Mapping[tuple[int, uuid.UUID], datetime], at: datetime
) -> None:
    """Mark lessons passed that were begun at these moments, in a fixed number of queries.

    They are named by an enrolment's primary key and the lesson's. A lesson already
    marked keeps its first dates. The caller completes the courses.
    """
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(enrolment_id=pk, lesson_key=key, started_at=started_at)
            for (pk, key), started_at in begun.items()
        ],
        ignore_conflicts=True,
    )
    rows = LessonProgress.objects.filter(
        enrolment__in={enrolment for enrolment, _lesson in begun}, passed_at=None
    )
    passed = [row.pk for row in rows if (row.enrolment_id, row.lesson_key) in begun]
    LessonProgress.objects.filter(pk__in=passed).update(passed_at=_not_before_start(at))


def note_read_signed_in(
    *, enrolment: Enrolment, lesson_key: uuid.UUID, at: datetime
) -> None:
    """Record that a signed-in learner marked the lesson as read, and when last."""
    LessonProgress.objects.filter(enrolment=enrolment, lesson_key=lesson_key).exclude(
        read_at=None
    ).update(read_signed_in=True, last_read_at=at)


@transaction.atomic
def complete_lessons(
    *,
    enrolments: Collection[int],
    lesson_key: uuid.UUID,
    how: Literal["passed", "read"],
    at: datetime,
) -> None:
    """Do what `complete_lesson` does, for many enrolments in a few queries.

    `enrolments` holds primary keys. Safe to call again.
    """
    field = f"{how}_at"
    by_course = _locked(enrolments)
    LessonProgress.objects.filter(
        enrolment__in=enrolments, lesson_key=lesson_key, **{field: None}
    ).update(**{field: _not_before_start(at)})
    for course_key, keys in by_course.items():
        _complete(course_key, keys, at)


def _locked(enrolments):
    """Lock these enrolments; return course key → their primary keys.

    Two last lessons passed at the same time would each miss the other.
    """
    rows = Enrolment.objects.filter(pk__in=enrolments).order_by("pk")
    by_course = defaultdict(list)
    for pk, course_key in rows.select_for_update().values_list("pk", "course_key"):
        by_course[course_key].append(pk)
    return by_course


@transaction.atomic
def complete_courses(*, enrolments: Collection[int], at: datetime) -> None:
    """Complete courses and issue certificates if every live lesson is done.

    `enrolments` holds primary keys. Each is judged by the course it belongs to,
    wherever the lessons done in it are now. What was completed before does not change.
    """
    for course_key, keys in _locked(enrolments).items():
        _complete(course_key, keys, at)


@transaction.atomic
def catch_up(*, course_key: uuid.UUID, at: datetime) -> None:
    """Complete the course for learners who have done all lessons it now has.

    All pages and reports show this from then on. Safe to call again.
    """
    unfinished = Enrolment.objects.filter(
        course_key=course_key, completed_at=None, learner__erased_at=None
    )
    complete_courses(enrolments=list(unfinished.values_list("pk", flat=True)), at=at)
    course_changed.publish(course_key=course_key, at=at)


def _complete(course_key, enrolments, at):
    """Complete these enrolments if all lessons of the course's first language are done."""
    course = course_that_counts(course_key)
    if course is None:
        return
    # Asked at each last answer, and few of them finish a course.
    keys = live_lessons(course).order_by().values_list("translation_key", flat=True)
    finished = _finished(enrolments, set(keys))
    if finished:
        _complete_finished(course, finished, at)


def _complete_finished(course, finished, at):
    Enrolment.objects.filter(pk__in=finished, completed_at=None).update(
        completed_at=_not_before_start(at)
    )
    statement = _statement(course, at)
    months, zone = course.certificate_valid_months, settings.TIME_ZONE
    Certificate.objects.bulk_create(
        [
            Certificate(
                enrolment_id=pk,
                issued_at=at,
                statement=statement,
                valid_until=certification.valid_until(at, months, zone),
            )
            for pk in finished
        ],
        ignore_conflicts=True,
    )


def _statement(course, at):
    """Return what a certificate issued today says, in the language of who reads it.

    What is not translated is in the course's first language.
    """
    named = as_read([course], CoursePage.objects.all())[0]
    lessons = as_read(
        _without_bodies(live_lessons(course)), _without_bodies(LessonPage.objects)
    )
    facts = [
        certification.LessonFacts(
            key=str(lesson.translation_key),
            locale=lesson.locale.language_code,
            title=lesson.title,
            pass_share=lesson.pass_share,
            published_at=lesson.last_published_at,
        )
        for lesson in lessons
    ]
    policy = gettext(
        "In each lesson with a quiz, every critical question was answered correctly at"
        " least once, and so was at least the percentage of all questions given here."
    )
    return certification.certificate_statement(
        course=named.title,
        course_key=str(course.translation_key),
        lessons=facts,
        policy=policy,
        completed_at=at,
        cpd_hours=course.cpd_hours,
    )


def _without_bodies(lessons):
    """Those of a long course are megabytes."""
    return lessons.select_related("locale").defer("body", "in_short")


def _finished(enrolments, live):
    """Return the enrolments with every lesson done and no certificate yet."""
    rows = LessonProgress.objects.done().filter(
        enrolment__in=enrolments, enrolment__certificate=None
    )
    done = defaultdict(set)
    for enrolment, lesson in rows.values_list("enrolment", "lesson_key"):
        done[enrolment].add(lesson)
    return [pk for pk, keys in done.items() if course_is_done(keys, live)]


def _not_before_start(at):
    """Return the moment, or the row's start if another request set it later.

    Two simultaneous requests may reach the database in the opposite order.
    """
    return Greatest(F("started_at"), Value(at, output_field=DateTimeField()))
