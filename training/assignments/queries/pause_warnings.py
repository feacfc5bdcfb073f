"""Which quizzes will pause, or are paused, that people are asked for. Reads only."""

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
    """Quizzes of one course that pause, or paused, on the day after the last day."""

    course_key: uuid.UUID
    course: str
    last_day: dt.date
    lessons: tuple[str, ...]

    def is_paused(self, today: dt.date) -> bool:
        return days_to_pause(self.last_day, today) <= 0


def pausing_quizzes(quizzes: Iterable[QuizNow], today: dt.date) -> list[Pausing]:
    """Return what is paused or will be within the first warning, the nearest first."""
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
    """Return what pauses of what is open in the teams that the user looks after."""
    asked = open_obligations(team__in=teams_seen_by(user).current())
    keys = set(asked.values_list("assignment__course_key", flat=True))
    return pausing_quizzes(quizzes_now(keys), today) if keys else []


def open_obligations(**which: Any) -> QuerySet[Obligation]:
    """Return what is still to be done of assignments that were not ended."""
    return Obligation.objects.unsatisfied().filter(assignment__ended_at=None, **which)


def warnings_due(today: dt.date) -> list[tuple[Pausing, int]]:
    """Return each pause ahead with the newest step of warning that has come."""
    soon = quizzes_now(until=today + dt.timedelta(days=max(WARNED_DAYS_BEFORE)))
    return [
        (each, step)
        for each in pausing_quizzes(soon, today)
        if (step := warning_step(each.last_day, today))
    ]
