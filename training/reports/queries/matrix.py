"""A team and a course: each person's status in each lesson."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Learner, User
from course.models import CoursePage
from course.queries.first_language import in_first_language
from course.rules.review_dates import days_to_pause
from progress.models import LessonProgress
from quizzes.models import Attempt, Grade
from quizzes.queries.safety import questions_due_of
from training.assignments.access import assignments_seen_by, obligations_seen_by
from training.assignments.models import Obligation, Status
from training.assignments.queries.quiz_pauses import quizzes_now
from training.assignments.rules.satisfaction import (
    Requirement,
    lessons_added_since,
    required_lessons,
)
from training.reports.queries.lessons import LessonKeys, lessons_as_asked
from training.reports.queries.matrix_status import (
    BY_OBLIGATION,
    PAUSED,
    PRESSING,
    AskedOfPerson,
    BegunLesson,
    MatrixStatus,
    matrix_status,
)
from training.teams.models import Membership, Team
from training.teams.queries.people import name_of

# Who needs help most comes first.
NEED = (
    Status.OVERDUE,
    Status.EXPIRED,
    Status.DUE_SOON,
    Status.OPEN,
    Status.PAUSED,
    Status.UPCOMING,
    Status.DONE,
    Status.WAIVED,
)


@dataclass(frozen=True)
class Cell:
    """Somebody's status in a lesson, and optionally the first score in per cent."""

    status: MatrixStatus
    right: int | None = None

    def __str__(self):
        words = str(self.status.label)
        return words if self.right is None else f"{words}, {self.right}%"


@dataclass(frozen=True)
class MatrixLine:
    """One person, with a cell for each lesson key."""

    learner_uuid: uuid.UUID
    person: str
    cells: Mapping[str, Cell]


def courses_seen_by(user: User) -> list[CoursePage]:
    """Return the live courses assigned to anybody the user can see, by title."""
    keys = assignments_seen_by(user).values("course_key")
    pages = CoursePage.objects.live().filter(translation_key__in=keys)
    return sorted(in_first_language(pages), key=lambda page: page.title)


def people_of(team: Team) -> QuerySet[Learner]:
    """Return the current members of the team, by name."""
    now = Membership.objects.members().filter(team=team, left_at=None)
    return (
        Learner.objects.filter(pk__in=now.values("learner"))
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "user__email", "pk")
    )


def by_need(
    people: QuerySet[Learner], course: CoursePage, user: User, at: dt.datetime
) -> QuerySet[Learner]:
    """Return the people with those first who need help most: overdue longest, then due.

    Whoever has done all that is asked comes next, then who is asked nothing.
    """
    newest = obligations_seen_by(user).in_force().newest_cycle()
    asked = newest.filter(
        learner=OuterRef("pk"), assignment__course_key=course.translation_key
    )
    rank = Case(*(When(status=each, then=n) for n, each in enumerate(NEED)), default=9)
    found = asked.with_status(at).annotate(rank=rank)
    first = found.order_by("rank", "effective_due_at")
    ranked = people.annotate(
        need=Coalesce(Subquery(first.values("rank")[:1]), Value(len(NEED) + 9)),
        need_due=Subquery(first.values("effective_due_at")[:1]),
    )
    return ranked.order_by("need", "need_due", *people.query.order_by)


def matrix_lines(
    learners: Sequence[Learner],
    course: CoursePage,
    lessons: Collection[str],
    user: User,
    *,
    at: dt.datetime,
    with_right: bool = False,
) -> list[MatrixLine]:
    """Return a line for each learner, in sixteen queries for any number of learners.

    Lessons that somebody was not asked to do, as far as the user can see, stay blank:
    learning on one's own initiative is private.
    """
    people = [learner.pk for learner in learners]
    asked = _asked(people, course, lessons, user, at)
    facts = _MatrixFacts(
        asked=asked,
        begun=_begun(people, course),
        due=questions_due_of(people, [uuid.UUID(key) for key in lessons]),
        right=_right_at_first(people, course) if with_right else {},
        paused=_paused(asked, course, at),
    )
    return [
        MatrixLine(
            learner_uuid=learner.uuid,
            person=name_of(learner),
            cells={key: facts.cell(learner.pk, key) for key in lessons},
        )
        for learner in learners
    ]


@dataclass(frozen=True)
class _MatrixFacts:
    """Everything read up front, from which each cell is worked out."""

    asked: dict[int, list[AskedOfPerson]]
    begun: dict[tuple[int, str], BegunLesson]
    due: dict[int, dict[uuid.UUID, Any]]
    right: dict[tuple[int, str], Any]
    paused: Collection[str]

    def cell(self, pk: int, key: str) -> Cell:
        """Return the learner's most urgent status in the lesson."""
        pairs = [
            pair for pair in self.asked.get(pk, ()) if key in pair.lessons.required
        ]
        found = [matrix_status(pair, key, self.begun.get((pk, key))) for pair in pairs]
        if not found:
            return Cell(MatrixStatus.NOT_ASKED)
        status = min(found, key=PRESSING.index)
        if status is MatrixStatus.DONE and uuid.UUID(key) in self.due.get(pk, {}):
            status = MatrixStatus.UPDATE_DUE
        if key in self.paused:
            status = PAUSED.get(status, status)
        return Cell(status, self.right.get((pk, key)))


def _asked(people, course, live, user, at) -> dict[int, list[AskedOfPerson]]:
    """Return learner id → what each assignment asks of them in its newest cycle."""
    rows = (
        obligations_seen_by(user)
        .in_force()
        .filter(learner__in=people, assignment__course_key=course.translation_key)
        .with_status(at)
        .select_related("assignment")
        .order_by("cycle")
    )
    cycles: dict[tuple[int, int], list[Obligation]] = defaultdict(list)
    for row in rows:
        cycles[row.learner_id, row.assignment_id].append(row)
    newest = [found[-1] for found in cycles.values()]
    lessons = _keys_of(newest, course.translation_key, live, at)
    done_with = _done_with(newest)
    asked: dict[int, list[AskedOfPerson]] = defaultdict(list)
    for (learner, _assignment), (*before, last) in cycles.items():
        asked[learner].append(
            AskedOfPerson(
                newest=last,
                lessons=lessons[last.pk],
                added=lessons_added_since(
                    Requirement.from_json(last.requirement),
                    done_with.get(last.satisfied_by_id, ()),
                    live,
                ),
                has_before=any(row.satisfied_at for row in before),
                is_in_date=any(row.status == Status.DONE for row in before),
            )
        )
    return asked


def _paused(asked, course, at) -> set[str]:
    """Return the lessons whose quiz is paused; no query if nobody waits for one."""
    pairs = [pair for found in asked.values() for pair in found]
    if not any(pair.newest.status == Status.PAUSED for pair in pairs):
        return set()
    today = timezone.localdate(at)
    quizzes = quizzes_now([course.translation_key])
    return {each.key for each in quizzes if days_to_pause(each.last_day, today) <= 0}


def _keys_of(rows, course, live, at) -> dict[int, LessonKeys]:
    """Return obligation id → its lessons; done or withdrawn ones need no attempts."""
    open_ones = [row for row in rows if row.status not in BY_OBLIGATION]
    required = {
        row.pk: required_lessons(Requirement.from_json(row.requirement), live)
        for row in rows
    }
    closed = {pk: LessonKeys(frozenset(), frozenset(k)) for pk, k in required.items()}
    return closed | lessons_as_asked(open_ones, at, {course: live})


def _done_with(rows) -> dict[int, set[str]]:
    """Return enrolment → lessons finished in it, where it satisfied a row."""
    enrolments = {row.satisfied_by_id for row in rows if row.satisfied_by_id}
    if not enrolments:
        return {}
    done = LessonProgress.objects.done().filter(enrolment__in=enrolments)
    found = defaultdict(set)
    for enrolment, key in done.values_list("enrolment", "lesson_key"):
        found[enrolment].add(str(key))
    return found


def _begun(people, course) -> dict[tuple[int, str], BegunLesson]:
    rows = LessonProgress.objects.in_newest_cycle().filter(
        enrolment__learner__in=people,
        enrolment__course_key=course.translation_key,
    )
    return {
        (learner, str(key)): BegunLesson(passed or read)
        for learner, key, passed, read in rows.values_list(
            "enrolment__learner", "lesson_key", "passed_at", "read_at"
        )
    }


def _right_at_first(people, course) -> dict[tuple[int, str], int]:
    """Return the first score in this cycle in per cent, by its newest marks."""
    attempts = (
        Attempt.objects.submitted()
        .in_newest_cycle()
        .filter(
            enrolment__learner__in=people,
            enrolment__course_key=course.translation_key,
        )
    )
    rows = Grade.objects.filter(attempt__in=attempts).order_by(
        "-attempt__number", "run"
    )
    return {
        (learner, str(key)): round(100 * right / out_of)
        for learner, key, right, out_of in rows.values_list(
            "attempt__learner", "attempt__lesson_key", "right", "out_of"
        )
        if out_of
    }
