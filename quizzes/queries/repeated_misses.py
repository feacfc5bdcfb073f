"""Learners who keep missing the same critical question."""

import uuid
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from quizzes.models import Attempt, Grade

Whose = tuple[int, uuid.UUID]
"""The id of a learner and the key of a course."""


def critical_misses(
    learners: Collection[int] | QuerySet[Any, Any], *, at_least: int
) -> set[Whose]:
    """Return who missed one critical question of a course at least so often.

    Counts the submitted attempts of the newest enrolment by their newest marks. A miss
    is an answer that was wrong or “not sure”. Two queries.
    """
    submitted = Attempt.objects.submitted().in_newest_cycle()
    often = (
        submitted.filter(learner__in=learners)
        .order_by()
        .values("learner", "lesson_key")
        .annotate(attempts=Count("pk"))
        .filter(attempts__gte=at_least)
    )
    lessons = {row["lesson_key"] for row in often}
    if not lessons:
        return set()
    attempts = submitted.filter(
        learner__in={row["learner"] for row in often}, lesson_key__in=lessons
    )
    misses = Counter(_misses(attempts))
    return {(who, course) for (who, course, _), n in misses.items() if n >= at_least}


def _misses(attempts):
    """Yield learner, course and question for every critical question missed."""
    later = Grade.objects.filter(attempt=OuterRef("attempt"), run__gt=OuterRef("run"))
    newest = Grade.objects.filter(~Exists(later), attempt__in=attempts)
    for grade in newest.select_related("attempt__enrolment", "paper"):
        whose = (grade.attempt.learner_id, grade.attempt.enrolment.course_key)
        critical = {q.key for q in grade.paper.content.questions if q.critical}
        missed = {*grade.marks["wrong"], *grade.marks["not_sure"]} & critical
        yield from ((*whose, key) for key in missed)
