"""Queries about a learner's progress."""

import uuid
from typing import Any

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from progress.models import Enrolment, LessonProgress


def current_enrolment(learner: Learner, course_key: uuid.UUID) -> Enrolment | None:
    """Return the learner's newest enrolment in the course, or None."""
    return (
        Enrolment.objects.filter(learner=learner, course_key=course_key)
        .order_by("-cycle")
        .first()
    )


def lesson_progress(
    learner: Learner, course_key: uuid.UUID
) -> dict[uuid.UUID, LessonProgress]:
    """Return lesson key → progress in the newest cycle, in one query."""
    rows = (
        LessonProgress.objects.filter(
            enrolment__learner=learner, enrolment__course_key=course_key
        )
        .in_newest_cycle()
        .select_related("enrolment")
    )
    return {row.lesson_key: row for row in rows}


def progress_record(learner: Learner) -> list[dict[str, Any]]:
    """Return all enrolments of the learner as plain values, for a download."""
    enrolments = learner.enrolments.prefetch_related(
        "lessons", "certificates"
    ).order_by("started_at")
    titles = _titles(enrolments)
    return [_enrolment_record(enrolment, titles) for enrolment in enrolments]


def _enrolment_record(enrolment, titles):
    certificate = enrolment.certificate
    return {
        "course": titles.get(enrolment.course_key, str(enrolment.course_key)),
        "cycle": enrolment.cycle,
        "started": _moment(enrolment.started_at),
        "completed": _moment(enrolment.completed_at),
        "certificate": certificate and certificate.serial,
        "certificates": [
            _certificate_record(row) for row in enrolment.certificates.all()
        ],
        "lessons": [
            {
                "lesson": titles.get(row.lesson_key, str(row.lesson_key)),
                "started": _moment(row.started_at),
                "passed": _moment(row.passed_at),
                "read": _moment(row.read_at),
            }
            for row in enrolment.lessons.all()
        ],
    }


def _certificate_record(row):
    return {
        "number": row.serial,
        "issued": _moment(row.issued_at),
        "valid_until": _moment(row.valid_until),
        "says": row.statement,
        "shows_name": row.shows_name,
        "revoked": _moment(row.revoked_at),
        "revoked_because": row.revoked_reason,
        "replaced": _moment(row.replaced_at),
        "issued_again_because": row.issue_reason,
    }


def _titles(enrolments):
    courses = {enrolment.course_key for enrolment in enrolments}
    lessons = {row.lesson_key for e in enrolments for row in e.lessons.all()}
    return {
        page.translation_key: page.title
        for pages in (
            CoursePage.objects.filter(translation_key__in=courses),
            LessonPage.objects.filter(translation_key__in=lessons),
        )
        for page in pages
    }


def _moment(value):
    return value and value.isoformat()


def enrolled_course_keys(learner: Learner) -> set[uuid.UUID]:
    """Return the keys of the courses that the learner has started."""
    return set(learner.enrolments.values_list("course_key", flat=True))
