"""Reads over assignments, obligations and what was learnt for them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries import live_lessons
from progress.models import Enrolment, LessonProgress
from quizzes import paper as papers
from quizzes.models import Attempt, Grade, Paper
from training.models import (
    Assignment,
    ExceptionEntry,
    Membership,
    Obligation,
    ScheduledReport,
)
from training.satisfaction import Learning, LessonLearning, Try


def live_lesson_keys(course_key: uuid.UUID) -> set[str]:
    """Return the keys of the course's live lessons, none where it is not live."""
    course = CoursePage.objects.live().filter(translation_key=course_key).first()
    return (
        {str(page.translation_key) for page in live_lessons(course)}
        if course
        else set()
    )


def titles_of(keys: Collection[uuid.UUID | str]) -> dict[str, str]:
    """Return key → title of courses and lessons, drafts too, in two queries."""
    return {
        str(key): title
        for model in (CoursePage, LessonPage)
        for key, title in model.objects.filter(translation_key__in=keys).values_list(
            "translation_key", "title"
        )
    }


def live_lessons_of(
    course_keys: Collection[uuid.UUID],
) -> dict[uuid.UUID, dict[str, str]]:
    """Return course key → lesson key → title of live lessons as taught; two queries.

    A course that is not live has none.
    """
    courses = CoursePage.objects.live().filter(translation_key__in=course_keys)
    paths = dict(courses.order_by("-pk").values_list("translation_key", "path"))
    below = Q(pk=None)
    for path in paths.values():
        below |= Q(path__startswith=path)
    rows = LessonPage.objects.live().filter(below).order_by("path")
    lessons = list(rows.values_list("path", "translation_key", "title"))
    return {
        course: {
            str(key): title
            for place, key, title in lessons
            if place[: -LessonPage.steplen] == path
        }
        for course, path in paths.items()
    }


def learning_of(
    learners: Collection[int], course_key: uuid.UUID
) -> dict[int, list[Learning]]:
    """Return learner id → what was learnt in each enrolment in the course.

    Five queries for any number of learners.
    """
    found = learning_in(learners, [course_key])
    return {learner: learning for (learner, _course), learning in found.items()}


def learning_in(
    learners: Collection[int], course_keys: Collection[uuid.UUID]
) -> dict[tuple[int, uuid.UUID], list[Learning]]:
    """Return (learner id, course key) → what was learnt in each enrolment.

    Five queries for any number of learners and courses.
    """
    enrolments = Enrolment.objects.filter(
        learner__in=learners, course_key__in=course_keys
    )
    whose = {
        pk: (learner, course)
        for pk, learner, course in enrolments.values_list("pk", "learner", "course_key")
    }
    tries = _tries(whose)
    lessons: dict[int, dict[str, LessonLearning]] = defaultdict(dict)
    done = LessonProgress.objects.done().filter(enrolment__in=whose)
    for row in done:
        key = (row.enrolment_id, str(row.lesson_key))
        lessons[row.enrolment_id][key[1]] = LessonLearning(
            passed_at=row.passed_at,
            read_at=row.read_at,
            read_signed_in=row.read_signed_in,
            tries=tuple(tries.pop(key, ())),
        )
    for (enrolment, lesson), left in tries.items():
        lessons[enrolment][lesson] = LessonLearning(tries=tuple(left))
    found: dict[tuple[int, uuid.UUID], list[Learning]] = defaultdict(list)
    for enrolment, person in whose.items():
        found[person].append(Learning(enrolment, lessons[enrolment]))
    return dict(found)


def _tries(enrolments: Collection[int]) -> dict[tuple[int, str], list[Try]]:
    """Return the marked attempts by (enrolment, lesson key), in order of time."""
    attempts = Attempt.objects.submitted().filter(enrolment__in=enrolments)
    grades = Grade.objects.filter(attempt__in=attempts.values("pk")).order_by("run")
    newest = {
        grade["attempt"]: grade for grade in grades.values("attempt", "paper", "marks")
    }
    rows = list(attempts.order_by("submitted_at", "number"))
    sealed = _papers(
        {row.paper_id for row in rows} | {grade["paper"] for grade in newest.values()}
    )
    found = defaultdict(list)
    for row in rows:
        if row.pk in newest:
            found[row.enrolment_id, str(row.lesson_key)].append(
                Try(
                    number=row.number,
                    at=row.submitted_at,
                    signed_in=row.origin == Attempt.Origin.ACCOUNT,
                    paper=sealed[row.paper_id],
                    now=sealed[newest[row.pk]["paper"]],
                    right=newest[row.pk]["marks"]["right"],
                )
            )
    return found


def _papers(keys: Collection[int]) -> dict[int, papers.Paper]:
    return {pk: paper.content for pk, paper in Paper.objects.in_bulk(keys).items()}


def extra_attempts(obligations: Collection[int], at: dt.datetime) -> dict[int, int]:
    """Return obligation id → attempts granted on top, as in force at the moment."""
    found: dict[int, int] = defaultdict(int)
    rows = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=obligations, kind=ExceptionEntry.Kind.EXTRA_ATTEMPTS
    )
    for obligation, more in rows.values_list("obligation", "extra_attempts"):
        found[obligation] += more
    return found


def hand_overs(
    obligations: Collection[int], at: dt.datetime
) -> dict[int, ExceptionEntry]:
    """Return obligation id → the newest hand-over in force at the moment."""
    rows = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=obligations, kind=ExceptionEntry.Kind.HAND_OVER
    )
    return {row.obligation_id: row for row in rows.order_by("starts_at", "pk")}


def audience(assignment: Assignment) -> list[tuple[int, int | None, dt.datetime]]:
    """Return (learner id, team id or None, joined at) of all whom it is given to.

    Somebody in two of its teams is asked once, through the one they joined first.
    Who was erased or has no account is asked for nothing.
    """
    rows = (
        Membership.objects.current()
        .members()
        .filter(team__assignments=assignment, learner__user__is_active=True)
        .order_by("joined_at", "pk")
        .values_list("learner", "team", "joined_at")
    )
    found = {}
    for learner, team, joined_at in rows:
        found.setdefault(learner, (learner, team, joined_at))
    people = assignment.people.filter(user__is_active=True).values_list("pk", flat=True)
    for learner in people:
        found.setdefault(learner, (learner, None, assignment.created_at))
    return list(found.values())


def training_record(learner: Learner) -> dict[str, Any]:
    """Return the learner's teams and obligations as plain values, for a download."""
    memberships = learner.memberships.select_related("team").order_by("joined_at")
    obligations = learner.obligations.select_related("assignment").order_by("opens_at")
    return {
        "teams": [
            {
                "team": row.team.name,
                "role": row.role,
                "joined": row.joined_at.isoformat(),
                "left": row.left_at and row.left_at.isoformat(),
            }
            for row in memberships
        ],
        "assignments": [_obligation_record(row) for row in obligations],
        "reports by e-mail": [
            {"about": str(row), "how often": row.frequency}
            for row in ScheduledReport.objects.filter(
                recipient__learner=learner
            ).select_related("team")
        ],
    }


def _obligation_record(row: Obligation) -> dict[str, Any]:
    return {
        "assignment": row.assignment.title,
        "cycle": row.cycle,
        "opened": row.opens_at.isoformat(),
        "due": row.due_at.isoformat(),
        "done": row.satisfied_at and row.satisfied_at.isoformat(),
        "valid_until": row.expires_at and row.expires_at.isoformat(),
        "exceptions": [
            {"kind": entry.kind, "reason": entry.reason}
            for entry in row.exceptions.order_by("created_at")
        ],
    }
