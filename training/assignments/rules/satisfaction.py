"""Whether what was assigned is done, and since when. Pure.

More is checked than on the lesson page: it must have been done signed in, well enough
for this assignment, within the attempts that count, and not too early.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from quizzes.rules.paper import FrozenPaper
from quizzes.rules.regrading import passes_either_rule


@dataclass(frozen=True)
class Requirement:
    """What has to be done, frozen into an obligation when it is created.

    Without `lesson_keys`, the whole course. `pass_mark` is the percentage in each quiz;
    `attempts_counted` is how many attempts on each quiz count, or None for all.
    """

    lesson_keys: tuple[str, ...] = ()
    pass_mark: int | None = None
    attempts_counted: int | None = None
    prior_counts: bool = False
    anonymous_counts: bool = False
    elsewhere_counts: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"lesson_keys": list(self.lesson_keys)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Requirement":
        return cls(**dict(values) | {"lesson_keys": tuple(values["lesson_keys"])})

    def with_more_attempts(self, more: int) -> "Requirement":
        """Return a copy with this many more attempts, if they are limited."""
        if self.attempts_counted is None:
            return self
        return replace(self, attempts_counted=self.attempts_counted + more)


@dataclass(frozen=True)
class CountedAttempt:
    """A submitted attempt with its newest marks. `now` is the paper of these marks."""

    number: int
    at: dt.datetime
    signed_in: bool
    paper: FrozenPaper
    now: FrozenPaper
    right: Collection[str]


@dataclass(frozen=True)
class LessonLearning:
    """What somebody did on a lesson in one enrolment; `tries` are in order.

    `last_read_at` is when they last marked it as read while signed in.
    """

    passed_at: dt.datetime | None = None
    read_at: dt.datetime | None = None
    read_signed_in: bool = True
    last_read_at: dt.datetime | None = None
    tries: tuple[CountedAttempt, ...] = ()

    @property
    def is_finished(self) -> bool:
        return bool(self.passed_at or self.read_at)


@dataclass(frozen=True)
class Learning:
    """One enrolment: what was done on each lesson, by lesson key."""

    enrolment: int
    lessons: Mapping[str, LessonLearning] = field(default_factory=dict)

    @property
    def finished(self) -> set[str]:
        """The keys of the lessons finished by the course's own rule."""
        return {key for key, each in self.lessons.items() if each.is_finished}


def find_satisfaction(
    requirement: Requirement,
    learning: Iterable[Learning],
    live_lessons: Collection[str],
    opens_at: dt.datetime,
) -> tuple[dt.datetime, int] | None:
    """Return when it was done and in which enrolment, or None.

    Lessons taken offline are not required. If all of it was done before it opened, it
    only counts if the requirement says so; part of it may have been done before.
    """
    required = required_lessons(requirement, live_lessons)
    if not required:
        return None
    found = [
        (moment, each.enrolment)
        for each in learning
        for moment in [_done_at(requirement, each, required, opens_at)]
        if moment
    ]
    return min(found, default=None)


def required_lessons(
    requirement: Requirement, live_lessons: Collection[str]
) -> set[str]:
    """Return the keys of the required lessons, without those taken offline."""
    return set(requirement.lesson_keys or live_lessons) & set(live_lessons)


def lessons_added_since(
    requirement: Requirement, done_with: Collection[str], live_lessons: Collection[str]
) -> set[str]:
    """Return the keys of lessons added after everything required had been done.

    `done_with` are the lessons finished in the enrolment that satisfied it. What is
    done stays done, so added lessons are not required. Empty if this is not known.
    """
    if not done_with:
        return set()
    return required_lessons(requirement, live_lessons) - set(done_with)


def lessons_done(
    requirement: Requirement,
    learning: Iterable[Learning],
    live_lessons: Collection[str],
    opens_at: dt.datetime,
) -> set[str]:
    """Return the required lessons done in the enrolment that got furthest.

    All of them are done exactly when `find_satisfaction` finds it done.
    """
    required = required_lessons(requirement, live_lessons)
    found = [_done_in(requirement, each, required, opens_at) for each in learning]
    return max(found, key=len, default=set())


def _done_in(
    requirement: Requirement,
    learning: Learning,
    required: Collection[str],
    opens_at: dt.datetime,
) -> set[str]:
    """Return the lessons that count; none if all of it was done too early."""

    def done_since(moment: dt.datetime | None) -> set[str]:
        lessons = learning.lessons
        return {
            key
            for key in required
            if lesson_done_at(requirement, lessons.get(key), moment)
        }

    if required and _done_at(requirement, learning, required, opens_at):
        return set(required)
    ever = done_since(None)
    return done_since(opens_at) if ever == required else ever


def _done_at(
    requirement: Requirement,
    learning: Learning,
    required: Collection[str],
    opens_at: dt.datetime,
) -> dt.datetime | None:
    """Return when the last of the required lessons was done, or None."""
    at = _last(requirement, learning, required, None)
    if at and (requirement.prior_counts or at >= opens_at):
        return at
    return _last(requirement, learning, required, opens_at)


def _last(
    requirement: Requirement,
    learning: Learning,
    required: Collection[str],
    since: dt.datetime | None,
) -> dt.datetime | None:
    moments = [
        lesson_done_at(requirement, learning.lessons.get(key), since)
        for key in required
    ]
    done = [moment for moment in moments if moment]
    return max(done) if len(done) == len(moments) else None


def lesson_done_at(
    requirement: Requirement,
    lesson: LessonLearning | None,
    since: dt.datetime | None = None,
) -> dt.datetime | None:
    """Return when the lesson was done as required, or None.

    With `since`, only what was done from then on counts.
    """
    if lesson is None:
        return None
    if lesson.read_at and not lesson.tries:
        return _read_at(requirement, lesson, since)
    counted = _counted(requirement, lesson.tries, since)
    # People who passed under an earlier, easier rule have passed. The record remains
    # even after their attempts are deleted, but it is no reason to count what is too
    # old.
    passed = lesson.passed_at if counted == lesson.tries else None
    if passed and not requirement.pass_mark and (since is None or passed >= since):
        return passed
    right: set[str] = set()
    for attempt in counted:
        right |= set(attempt.right)
        if _is_enough(requirement, attempt, right):
            return attempt.at
    return None


def _read_at(
    requirement: Requirement, lesson: LessonLearning, since: dt.datetime | None
) -> dt.datetime | None:
    known = lesson.read_signed_in or requirement.anonymous_counts
    moments = [lesson.read_at if known else None, lesson.last_read_at]
    fitting = [each for each in moments if each and (since is None or each >= since)]
    return min(fitting, default=None)


def _counted(
    requirement: Requirement,
    tries: tuple[CountedAttempt, ...],
    since: dt.datetime | None,
) -> tuple[CountedAttempt, ...]:
    fitting = [
        attempt
        for attempt in tries
        if attempt.signed_in or requirement.anonymous_counts
        if since is None or attempt.at >= since
    ]
    return tuple(fitting[: requirement.attempts_counted])


def _is_enough(
    requirement: Requirement, attempt: CountedAttempt, right: set[str]
) -> bool:
    keys = set(attempt.paper.keys)
    enough = len(right & keys) * 100 >= (requirement.pass_mark or 0) * len(keys)
    return enough and passes_either_rule(attempt.paper, attempt.now, right)
