"""Merging two learners' progress into one. The further progress is kept."""

import uuid
from collections import defaultdict
from datetime import datetime

from django.db import transaction

from accounts.models import Learner
from progress.actions.enrolments import complete_courses
from progress.models import Certificate, Enrolment, LessonProgress


def enrol_like(*, source: Learner, target: Learner) -> dict[Enrolment, Enrolment]:
    """Return the source's enrolments, each with the target's current one in its course.

    Where there is none, it is created with the cycle and the start of the source's
    first. The caller has locked both learners.
    """
    theirs = list(source.enrolments.order_by("cycle"))
    own = {row.course_key: row for row in target.enrolments.order_by("cycle")}
    missing: dict[uuid.UUID, Enrolment] = {}
    for row in theirs:
        if row.course_key not in own | missing:
            missing[row.course_key] = Enrolment(
                learner=target,
                course_key=row.course_key,
                cycle=row.cycle,
                started_at=row.started_at,
            )
    Enrolment.objects.bulk_create(missing.values())
    own |= missing
    return {row: own[row.course_key] for row in theirs}


@transaction.atomic
def merge_progress(source: Learner, target: Learner, at: datetime) -> None:
    """Merge the source's enrolments into the target's, with the earliest dates.

    A course that the two finished between them is completed now. Rows that refer to the
    source's enrolments must have been moved before. The number of queries is the same
    for any number of lessons.
    """
    _lock_enrolments(source, target)
    united = enrol_like(source=source, target=target)
    _unite_lessons(united)
    _unite_dates(united)
    _unite_certificates(united, at)
    source.enrolments.all().delete()
    complete_courses(enrolments={own.pk for own in united.values()}, at=at)


def _lock_enrolments(*learners):
    """Keep others from completing a course between reading and writing its dates.

    Whoever completes courses for everybody locks enrolments, but no learners.
    """
    rows = Enrolment.objects.filter(learner__in=learners).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _unite_lessons(united):
    own = LessonProgress.objects.filter(enrolment__in=united.values())
    known = {(row.enrolment_id, row.lesson_key): row for row in own}
    by_key = {enrolment.pk: own for enrolment, own in united.items()}
    changed, doubles = set(), []
    theirs = LessonProgress.objects.filter(enrolment__in=united)
    for row in theirs.order_by("enrolment__cycle", "pk"):
        row.enrolment = by_key[row.enrolment_id]
        kept = known.setdefault((row.enrolment_id, row.lesson_key), row)
        changed.add(kept)
        if kept is not row:
            _take_dates(kept, row, ("started_at", "passed_at", "read_at"))
            doubles.append(row.pk)
    LessonProgress.objects.filter(pk__in=doubles).delete()
    LessonProgress.objects.bulk_update(
        changed, ["enrolment", "started_at", "passed_at", "read_at"]
    )


def _unite_dates(united):
    for enrolment, own in united.items():
        _take_dates(own, enrolment, ("started_at", "completed_at"))
    Enrolment.objects.bulk_update(set(united.values()), ["started_at", "completed_at"])


def _take_dates(kept, other, names):
    """Give the row the earlier of both rows' dates."""
    for name in names:
        moments = getattr(kept, name), getattr(other, name)
        setattr(kept, name, min(filter(None, moments), default=None))


def _unite_certificates(united, at):
    """Keep the one issued first in force; mark the others as replaced."""
    by_key = {row.pk: own for row, own in united.items()}
    by_key |= {own.pk: own for own in united.values()}
    both = Certificate.objects.filter(enrolment__in=by_key)
    rows, in_force = list(both.order_by("issued_at", "pk")), defaultdict(list)
    for row in rows:
        row.enrolment = by_key[row.enrolment_id]
        if row.replaced_at is None:
            in_force[row.enrolment_id].append(row.pk)
    later = [pk for issued in in_force.values() for pk in issued[1:]]
    Certificate.objects.filter(pk__in=later).update(replaced_at=at)
    Certificate.objects.bulk_update(rows, ["enrolment"])
