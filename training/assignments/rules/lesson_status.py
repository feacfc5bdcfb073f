"""The status of each assigned lesson, and why it does not count. Pure."""

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import replace

from training.assignments.rules.satisfaction import (
    LessonLearning,
    Requirement,
    lesson_done_at,
)


class LessonStatus(enum.Enum):
    """The status of a lesson. All except DONE and TO_DO were finished without counting.

    ANONYMOUS: done without signing in. BEFORE: done before it was asked for.
    BELOW_MARK: done below this assignment's pass mark. USED_UP: no attempts left.
    """

    DONE = "done"
    TO_DO = "to_do"
    ANONYMOUS = "anonymous"
    BEFORE = "before"
    BELOW_MARK = "below_mark"
    USED_UP = "used_up"

    @classmethod
    def repeated(cls) -> frozenset["LessonStatus"]:
        """The statuses that mean doing the lesson again from the start."""
        return frozenset({cls.ANONYMOUS, cls.BEFORE, cls.BELOW_MARK})


def lesson_statuses(
    requirement: Requirement,
    lessons: Mapping[str, LessonLearning],
    required: Sequence[str],
    opens_at: dt.datetime,
) -> dict[str, LessonStatus]:
    """Return the status of each required lesson while the whole is not done.

    Part of it may have been done before it opened, but not all; see `satisfaction`.
    """

    def done(key: str, since: dt.datetime | None) -> bool:
        return lesson_done_at(requirement, lessons.get(key), since) is not None

    moments = [lesson_done_at(requirement, lessons.get(key)) for key in required]
    all_before = all(moment and moment < opens_at for moment in moments)
    since = None if requirement.prior_counts or not all_before else opens_at
    return {
        key: LessonStatus.DONE
        if done(key, since)
        else _why_not(requirement, lessons.get(key), since)
        for key in required
    }


def _why_not(
    requirement: Requirement, lesson: LessonLearning | None, since: dt.datetime | None
) -> LessonStatus:
    if lesson is None:
        return LessonStatus.TO_DO
    if since and lesson_done_at(requirement, lesson):
        return LessonStatus.BEFORE
    if _no_attempt_left(requirement, lesson, since):
        return LessonStatus.USED_UP
    if lesson_done_at(replace(requirement, anonymous_counts=True), lesson, since):
        return LessonStatus.ANONYMOUS
    if lesson.passed_at and any(attempt.signed_in for attempt in lesson.tries):
        return LessonStatus.BELOW_MARK
    return LessonStatus.ANONYMOUS if lesson.passed_at else LessonStatus.TO_DO


def _no_attempt_left(
    requirement: Requirement, lesson: LessonLearning, since: dt.datetime | None
) -> bool:
    if requirement.attempts_counted is None:
        return False
    counted = [
        attempt
        for attempt in lesson.tries
        if attempt.signed_in or requirement.anonymous_counts
        if since is None or attempt.at >= since
    ]
    return len(counted) >= requirement.attempts_counted
