"""Required quizzes that are paused or will pause. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from course.rules.review_dates import WARNED_DAYS_BEFORE, days_to_pause, warning_step
from training.assignments.models import Obligation
from training.assignments.queries.quiz_pauses import QuizNow, quizzes_now
from training.teams.access import teams_seen_by


@dataclass(frozen=True)
class Pausing:
    """Quizzes of one course that are paused from the day after their last day."""

    course_key: uuid.UUID
    course: str
    last_day: dt.date
    lessons: tuple[str, ...]

    def is_paused(self, today: dt.date) -> bool:
        return days_to_pause(self.last_day, today) <= 0


def pausing_quizzes(quizzes: Iterable[QuizNow], today: dt.date) -> list[Pausing]:
    """Return quizzes that are paused or due a first warning, nearest first."""
    found = defaultdict(list)
    for quiz in quizzes:
        if days_to_pause(quiz.last_day, today) <= max(WARNED_DAYS_BEFORE):
            found[quiz.last_day, quiz.course_key, quiz.course_title].append(quiz.title)
    return [
        Pausing(key, course, last_day, tuple(lessons))
        for (last_day, key, course), lessons in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][2])
        )
    ]


def pausing_seen_by(user: User, today: dt.date) -> list[Pausing]:
    """Return paused quizzes that open obligations in the user's teams need."""
    asked = open_obligations(team__in=teams_seen_by(user).current())
    keys = set(asked.values_list("assignment__course_key", flat=True))
    return pausing_quizzes(quizzes_now(keys), today) if keys else []


def open_obligations(**which: Any) -> QuerySet[Obligation]:
    """Return what is still to be done in assignments that have not ended."""
    return Obligation.objects.unsatisfied().filter(assignment__ended_at=None, **which)


def warnings_due(today: dt.date) -> list[tuple[Pausing, int]]:
    """Return each upcoming pause with its newest warning step that is due."""
    soon = quizzes_now(until=today + dt.timedelta(days=max(WARNED_DAYS_BEFORE)))
    return [
        (each, step)
        for each in pausing_quizzes(soon, today)
        if (step := warning_step(each.last_day, today))
    ]
