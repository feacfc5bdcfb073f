"""How many required lessons are done, for many obligations at once."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from progress.models import LessonProgress
from quizzes.models import Attempt
from training.assignments.models import Obligation
from training.assignments.queries.contents import live_lessons_of
from training.assignments.queries.learning import (
    extra_attempts,
    hand_overs,
    learning_by_course,
)
from training.assignments.rules.satisfaction import (
    Learning,
    LessonLearning,
    Requirement,
    lessons_done,
    required_lessons,
)

Person = tuple[int, uuid.UUID]


@dataclass(frozen=True)
class LessonCount:
    """How many of the required lessons are done."""

    done: int
    required: int


@dataclass(frozen=True)
class LessonKeys:
    """Which lessons are required, and which of them are done as required."""

    done: frozenset[str]
    required: frozenset[str]


def lesson_counts(rows: Sequence[Obligation], at: dt.datetime) -> list[LessonCount]:
    """Return the counts in the order of the rows, in at most eleven queries."""
    found = lessons_as_asked(rows, at)
    return [
        LessonCount(len(found[row.pk].done), len(found[row.pk].required))
        for row in rows
    ]


def lessons_as_asked(
    rows: Sequence[Obligation],
    at: dt.datetime,
    live: Mapping[uuid.UUID, Collection[str]] | None = None,
) -> dict[int, LessonKeys]:
    """Return obligation id → required lessons, and those done as required.

    What a deputy has done since the hand-over counts like the learner's own work. At
    most eleven queries. Attempts are only read where they can matter; otherwise it is
    enough, and much faster, to know that a lesson was passed. `live` has the keys of
    each course's live lessons, if already known.
    """
    courses = {row.assignment.course_key for row in rows}
    people = {row.learner_id for row in rows}
    live = live_lessons_of(courses) if live is None else live
    unsigned = _have_learnt_without_signing_in(people)
    passed = _passed(people, courses)
    deputies = hand_overs([row.pk for row in rows], at)
    limited = [row.pk for row in rows if row.requirement["attempts_counted"]]
    more = extra_attempts(limited, at) if limited else {}
    found = {row.pk: _keys(row, live, passed, more) for row in rows}
    exact = [
        row
        for row in rows
        if row.learner_id in unsigned
        or row.pk in deputies
        or _needs_attempts(row, live, passed)
    ]
    learning = _with_attempts(exact, deputies)
    return found | {
        row.pk: _keys(row, live, learning, more, deputies.get(row.pk)) for row in exact
    }


def _with_attempts(rows, deputies) -> dict[Person, list[Learning]]:
    if not rows:
        return {}
    courses = {row.assignment.course_key for row in rows}
    people = {row.learner_id for row in rows}
    people |= {deputies[row.pk].deputy_id for row in rows if row.pk in deputies}
    return learning_by_course(people, courses)


def _keys(row, live, learning, more, deputy=None) -> LessonKeys:
    asked = Requirement.from_json(row.requirement)
    required = asked.with_more_attempts(more.get(row.pk, 0))
    course = row.assignment.course_key
    lessons = live.get(course, {})
    doers = [(row.learner_id, row.opens_at)]
    if deputy:
        doers.append((deputy.deputy_id, deputy.starts_at))
    done = [
        lessons_done(required, learning.get((who, course), ()), lessons, since)
        for who, since in doers
    ]
    return LessonKeys(
        done=frozenset(max(done, key=len)),
        required=frozenset(required_lessons(required, lessons)),
    )


def _needs_attempts(row, live, passed) -> bool:
    """Return whether passing the lessons alone does not decide it.

    This is so if the assignment requires more than the course, or if everything is done
    but not the obligation: then it was done too early.
    """
    asked = Requirement.from_json(row.requirement)
    course = row.assignment.course_key
    required = required_lessons(asked, live.get(course, {}))
    known = passed.get((row.learner_id, course), ())
    strict = bool(asked.pass_mark or asked.attempts_counted)
    return strict or any(required <= learning.lessons.keys() for learning in known)


def _passed(
    people: Collection[int], courses: Collection[uuid.UUID]
) -> dict[Person, list[Learning]]:
    """Return what was passed or read, without the attempts."""
    rows = LessonProgress.objects.done().filter(
        enrolment__learner__in=people, enrolment__course_key__in=courses
    )
    lessons: dict[tuple[int, Person], dict[str, LessonLearning]] = defaultdict(dict)
    for learner, course, enrolment, key, *done in rows.values_list(
        "enrolment__learner",
        "enrolment__course_key",
        "enrolment",
        "lesson_key",
        "passed_at",
        "read_at",
        "read_signed_in",
        "last_read_at",
    ):
        found = lessons[enrolment, (learner, course)]
        found[str(key)] = LessonLearning(*done)
    learning: dict[Person, list[Learning]] = defaultdict(list)
    for (enrolment, person), done in lessons.items():
        learning[person].append(Learning(enrolment, done))
    return learning


def _have_learnt_without_signing_in(people: Collection[int]) -> set[int]:
    finished = Attempt.objects.submitted().filter(learner__in=people)
    attempts = finished.with_signed_in().filter(signed_in=False)
    return set(attempts.values_list("learner", flat=True))
