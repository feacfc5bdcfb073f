"""How many of the lessons asked for are done, for many obligations at once."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from progress.models import LessonProgress
from quizzes.models import Attempt
from training.contents import live_lessons_of
from training.models import Obligation
from training.queries import learning_by_course
from training.satisfaction import (
    Learning,
    LessonLearning,
    Requirement,
    lessons_done,
    lessons_wanted,
)

Person = tuple[int, uuid.UUID]


@dataclass(frozen=True)
class LessonCount:
    """How many lessons are done of how many."""

    done: int
    wanted: int


def lesson_counts(rows: Sequence[Obligation]) -> list[LessonCount]:
    """Return the counts in the order of the rows, in nine queries at most.

    Attempts are looked at only where they can matter; elsewhere that a lesson was
    passed is enough, and quicker by far.
    """
    courses = {row.assignment.course_key for row in rows}
    people = {row.learner_id for row in rows}
    live = live_lessons_of(courses)
    unsigned = _have_learnt_without_signing_in(people)
    passed = _passed(people, courses)
    counts = {row.pk: _count(row, live, passed) for row in rows}
    exact = [
        row
        for row in rows
        if row.learner_id in unsigned or _needs_attempts(row, counts[row.pk])
    ]
    learning = _with_attempts(exact)
    counts |= {row.pk: _count(row, live, learning) for row in exact}
    return [counts[row.pk] for row in rows]


def _with_attempts(rows) -> dict[Person, list[Learning]]:
    if not rows:
        return {}
    courses = {row.assignment.course_key for row in rows}
    return learning_by_course({row.learner_id for row in rows}, courses)


def _count(row, live, learning) -> LessonCount:
    wanted = Requirement.from_json(row.requirement)
    course = row.assignment.course_key
    lessons = live.get(course, {})
    known = learning.get((row.learner_id, course), ())
    done = lessons_done(wanted, known, lessons, row.opens_at)
    return LessonCount(len(done), len(lessons_wanted(wanted, lessons)))


def _needs_attempts(row, count: LessonCount) -> bool:
    """Return whether more counts than that lessons were passed.

    So it is where the assignment asks for more than the course, and where all is done
    and yet the obligation is not: it was done too early.
    """
    wanted = Requirement.from_json(row.requirement)
    strict = bool(wanted.pass_mark or wanted.attempts_counted)
    return strict or count.done == count.wanted


def _passed(
    people: Collection[int], courses: Collection[uuid.UUID]
) -> dict[Person, list[Learning]]:
    """Return what was passed or read, without the attempts that led to it."""
    rows = LessonProgress.objects.done().filter(
        enrolment__learner__in=people, enrolment__course_key__in=courses
    )
    lessons: dict[tuple[int, Person], dict[str, LessonLearning]] = defaultdict(dict)
    for learner, course, enrolment, key, passed, read, signed_in in rows.values_list(
        "enrolment__learner",
        "enrolment__course_key",
        "enrolment",
        "lesson_key",
        "passed_at",
        "read_at",
        "read_signed_in",
    ):
        found = lessons[enrolment, (learner, course)]
        found[str(key)] = LessonLearning(passed, read, signed_in)
    learning: dict[Person, list[Learning]] = defaultdict(list)
    for (enrolment, person), done in lessons.items():
        learning[person].append(Learning(enrolment, done))
    return learning


def _have_learnt_without_signing_in(people: Collection[int]) -> set[int]:
    finished = Attempt.objects.submitted().filter(learner__in=people)
    attempts = finished.with_signed_in().filter(signed_in=False)
    return set(attempts.values_list("learner", flat=True))
