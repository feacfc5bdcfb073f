"""A person's record: obligations, learning, certificates and exceptions."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, QuerySet

from accounts.models import Learner, User
from progress.models import Enrolment, LessonProgress
from quizzes.models import Grade
from training.assignments.access import (
    completions_run_by,
    completions_seen_by,
    obligations_seen_by,
)
from training.assignments.models import TO_DO, ExceptionEntry, Obligation, Status
from training.assignments.queries.completions import CompletionLine, completion_lines
from training.assignments.queries.contents import titles_of
from training.assignments.rules import due
from training.certificates.access import certificates_seen_by
from training.certificates.queries.certificates import ShownCertificate, with_state
from training.reports.queries.lessons import lessons_as_asked
from training.teams import access
from training.teams.models import Membership


@dataclass(frozen=True)
class ObligationLine:
    """One cycle of an assignment; `due` is the day in its time zone."""

    obligation: Obligation
    due: dt.date
    status: Status


@dataclass(frozen=True)
class RecordLesson:
    """The result of a lesson in one cycle of the course.

    `first` and `newest` are the marks of the first and newest attempts, each by its
    newest grade, as “4 / 6”; empty if nothing was submitted. `is_short` says whether it
    was finished, but not as an open assignment requires.
    """

    course: str
    cycle: int
    lesson: str
    attempts: int
    first: str
    newest: str
    done_at: dt.datetime | None
    is_short: bool


@dataclass(frozen=True)
class Record:
    """Everything the user may see about one person."""

    learner: Learner
    memberships: QuerySet[Membership]
    obligations: list[ObligationLine]
    lessons: list[RecordLesson]
    certificates: list[ShownCertificate]
    exceptions: QuerySet[ExceptionEntry]
    elsewhere: list[CompletionLine]


def record_of(learner: Learner, user: User, at: dt.datetime) -> Record:
    """Return the part of the learner's record that the user may see.

    Learning in courses that no visible obligation asks for is private and left out.
    """
    seen = obligations_seen_by(user).filter(learner=learner)
    rows = seen.with_status(at).select_related("assignment", "team")
    courses = seen.values("assignment__course_key")
    short = _short_lessons(rows, at)
    return Record(
        learner=learner,
        memberships=learner.memberships.filter(team__in=access.teams_seen_by(user))
        .select_related("team")
        .order_by("-joined_at"),
        obligations=[
            ObligationLine(
                row, due.day_in(row.effective_due_at, row.time_zone), Status(row.status)
            )
            for row in rows.order_by("-opens_at", "-pk")
        ],
        lessons=_lessons(learner, courses, short),
        certificates=_certificates(learner, user, at),
        exceptions=ExceptionEntry.objects.filter(obligation__in=seen)
        .select_related("obligation__assignment", "actor", "deputy__user", "revoked_by")
        .order_by("-created_at"),
        elsewhere=_elsewhere(learner, user),
    )


def _elsewhere(learner, user) -> list[CompletionLine]:
    seen = completions_seen_by(user).filter(learner=learner)
    mine = completions_run_by(user).filter(learner=learner)
    return completion_lines(seen, revocable=mine.values_list("pk", flat=True))


def _certificates(learner, user, at) -> list[ShownCertificate]:
    rows = certificates_seen_by(user).filter(enrolment__learner=learner)
    known = rows.select_related("enrolment__learner__user")
    return with_state(known.order_by("-issued_at", "-pk"), at)


def _short_lessons(rows, at) -> set[tuple[uuid.UUID, str]]:
    """Return (course, lesson key) of required lessons not done as required."""
    open_ones = [row for row in rows if row.status in (*TO_DO, Status.PAUSED)]
    found = lessons_as_asked(open_ones, at)
    return {
        (row.assignment.course_key, key)
        for row in open_ones
        for key in found[row.pk].required - found[row.pk].done
    }


def _lessons(learner, courses, short) -> list[RecordLesson]:
    begun = (
        LessonProgress.objects.filter(
            enrolment__learner=learner, enrolment__course_key__in=courses
        )
        .select_related("enrolment")
        .annotate(renewed=Exists(Enrolment.objects.newer_than("enrolment")))
        .order_by("-enrolment__started_at", "started_at")
    )
    marks = _marks(learner)
    titles = titles_of(
        {row.enrolment.course_key for row in begun} | {row.lesson_key for row in begun}
    )
    return [
        _lesson_line(
            row, titles, marks.get((row.enrolment_id, row.lesson_key), {}), short
        )
        for row in begun
    ]


def _marks(learner) -> dict[tuple[int, uuid.UUID], dict[int, Grade]]:
    """Return (enrolment, lesson key) → attempt number → its newest grade."""
    grades = Grade.objects.filter(attempt__learner=learner).select_related("attempt")
    found: dict[tuple[int, uuid.UUID], dict[int, Grade]] = {}
    for grade in grades.order_by("attempt__number", "run"):
        key = grade.attempt.enrolment_id, grade.attempt.lesson_key
        found.setdefault(key, {})[grade.attempt.number] = grade
    return found


def _lesson_line(row, titles, grades: dict[int, Grade], short) -> RecordLesson:
    in_order: Iterable[Grade] = [grades[number] for number in sorted(grades)]
    scores = [f"{grade.right} / {grade.out_of}" for grade in in_order]
    return RecordLesson(
        course=titles.get(str(row.enrolment.course_key), ""),
        cycle=row.enrolment.cycle,
        lesson=titles.get(str(row.lesson_key), str(row.lesson_key)),
        attempts=len(scores),
        first=scores[0] if scores else "",
        newest=scores[-1] if scores else "",
        done_at=row.passed_at or row.read_at,
        is_short=row.is_done
        and not row.renewed
        and (row.enrolment.course_key, str(row.lesson_key)) in short,
    )
