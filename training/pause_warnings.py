"""Which quizzes will pause, or are paused, that people are asked for. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from course.review_dates import WARNED_DAYS_BEFORE, days_to_pause, warning_step
from training import due, reminder_letters
from training.access import teams_seen_by
from training.letters import Letter
from training.models import Membership, Notice, Obligation
from training.quiz_pauses import QuizNow, quizzes_now


@dataclass(frozen=True)
class Pausing:
    """Quizzes of one course that pause, or paused, on the day after the last day."""

    course_key: uuid.UUID
    course: str
    last_day: dt.date
    lessons: tuple[str, ...]

    def is_paused(self, today: dt.date) -> bool:
        return days_to_pause(self.last_day, today) <= 0


def pausing(quizzes: Iterable[QuizNow], today: dt.date) -> list[Pausing]:
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
    asked = _open_in(team__in=teams_seen_by(user).current())
    keys = set(asked.values_list("assignment__course_key", flat=True))
    return pausing(quizzes_now(keys), today) if keys else []


def _open_in(**which):
    return Obligation.objects.unsatisfied().filter(assignment__ended_at=None, **which)


def warnings(at: dt.datetime) -> list[Notice]:
    """Return the newest warning of each pause to each trainer it concerns, unsaved."""
    today = timezone.localdate(at)
    soon = quizzes_now(until=today + dt.timedelta(days=max(WARNED_DAYS_BEFORE)))
    ahead = [
        (each, step)
        for each in pausing(soon, today)
        if (step := warning_step(each.last_day, today))
    ]
    return [
        _warning(each, step, user, at)
        for each, step in ahead
        for user in _trainers_of(each.course_key)
    ]


def _trainers_of(course_key):
    """Return who trains a team in which somebody still has to do the course."""
    asked = _open_in(assignment__course_key=course_key, team__isnull=False)
    rows = Membership.objects.current().filter(
        role=Membership.Role.TRAINER, team__in=asked.values("team")
    )
    users = User.objects.filter(is_active=True, learner__memberships__in=rows)
    return users.distinct().order_by("pk")


def _warning(each, step, user, at):
    day = each.last_day - dt.timedelta(days=step - 1)
    return Notice(
        kind=Notice.Kind.PAUSE_AHEAD,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        subject_key=f"course:{each.course_key}",
        scheduled_for=due.start_of_day(day, settings.TIME_ZONE),
        created_at=at,
        why={"course": each.course, "last_day": each.last_day.isoformat()},
    )


def write_pause_ahead(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the warning, or None where the date was renewed or has come."""
    today = timezone.localdate(at)
    course_key = uuid.UUID(notice.subject_key.removeprefix("course:"))
    said = notice.why.get("last_day")
    for each in pausing(quizzes_now([course_key]), today):
        if each.last_day.isoformat() == said and not each.is_paused(today):
            return reminder_letters.compose(
                notice.kind,
                path=reverse("wagtailadmin_home"),
                link=_("The training room"),
                footer=reminder_letters.TRAINERS,
                name=notice.recipient.first_name,
                pausing=each,
                days=days_to_pause(each.last_day, today),
            )
    return None
