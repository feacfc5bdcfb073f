"""A team and a course: who stands where in which lesson."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner, User
from course.models import CoursePage
from progress.models import LessonProgress
from quizzes.models import Attempt, Grade
from quizzes.safety import questions_due_of
from training import access
from training.models import Membership, Team
from training.people import name_of
from training.satisfaction import Requirement, lessons_wanted


class Standing(models.TextChoices):
    """How somebody stands in a lesson. The words are shown with an icon."""

    DONE = "done", _("done")
    UPDATE_DUE = "update_due", _("update due")
    IN_PROGRESS = "in_progress", _("in progress")
    NOT_STARTED = "not_started", _("not started")
    NOT_ASKED = "not_asked", _("not asked")


@dataclass(frozen=True)
class Cell:
    """How somebody stands in a lesson, and per cent right at the first go, if asked."""

    standing: Standing
    right: int | None = None

    def __str__(self):
        words = str(self.standing.label)
        return words if self.right is None else f"{words}, {self.right} %"


@dataclass(frozen=True)
class MatrixLine:
    """One person with a cell for each lesson key."""

    learner_uuid: uuid.UUID
    person: str
    cells: Mapping[str, Cell]


def courses_seen_by(user: User) -> list[CoursePage]:
    """Return the live courses assigned to anybody the user sees, by title."""
    keys = access.assignments_seen_by(user).values("course_key")
    pages = CoursePage.objects.live().filter(translation_key__in=keys)
    found = {page.translation_key: page for page in pages.order_by("-pk")}
    return sorted(found.values(), key=lambda page: page.title)


def people_of(team: Team) -> QuerySet[Learner]:
    """Return the present members of the team, by name."""
    now = Membership.objects.members().filter(team=team, left_at=None)
    return (
        Learner.objects.filter(pk__in=now.values("learner"))
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "user__email", "pk")
    )


def matrix_lines(
    learners: Sequence[Learner],
    course: CoursePage,
    lessons: Collection[str],
    user: User,
    *,
    with_right: bool = False,
) -> list[MatrixLine]:
    """Return a line for each learner, in seven queries for any number of them.

    What somebody was not asked to learn, as far as the user sees, is not told:
    learning of one's own accord is private.
    """
    people = [learner.pk for learner in learners]
    asked = _asked(people, course, lessons, user)
    standings = _standings(people, course)
    due = questions_due_of(people, [uuid.UUID(key) for key in lessons])
    right = _right_at_first(people, course) if with_right else {}

    def cell(pk: int, key: str) -> Cell:
        if key not in asked.get(pk, ()):
            return Cell(Standing.NOT_ASKED)
        standing = standings.get((pk, key), Standing.NOT_STARTED)
        if standing is Standing.DONE and uuid.UUID(key) in due.get(pk, {}):
            standing = Standing.UPDATE_DUE
        return Cell(standing, right.get((pk, key)))

    return [
        MatrixLine(
            learner_uuid=learner.uuid,
            person=name_of(learner),
            cells={key: cell(learner.pk, key) for key in lessons},
        )
        for learner in learners
    ]


def _asked(people, course, lessons, user) -> dict[int, set[str]]:
    rows = (
        access.obligations_seen_by(user)
        .in_force()
        .filter(learner__in=people, assignment__course_key=course.translation_key)
    )
    found: dict[int, set[str]] = {}
    for learner, requirement in rows.values_list("learner", "requirement"):
        wanted = lessons_wanted(Requirement.from_json(requirement), lessons)
        found[learner] = found.get(learner, set()) | wanted
    return found


def _standings(people, course) -> dict[tuple[int, str], Standing]:
    rows = (
        LessonProgress.objects.in_newest_cycle()
        .filter(
            enrolment__learner__in=people,
            enrolment__course_key=course.translation_key,
        )
        .values_list("enrolment__learner", "lesson_key", "passed_at", "read_at")
    )
    return {
        (learner, str(key)): Standing.DONE if passed or read else Standing.IN_PROGRESS
        for learner, key, passed, read in rows
    }


def _right_at_first(people, course) -> dict[tuple[int, str], int]:
    """Return per cent right at the first go of this cycle, by the newest marks of it."""
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
