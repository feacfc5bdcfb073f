"""Mail to trainers about what cannot be done, now or soon."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from course.rules.review_dates import days_to_pause
from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message
from training.assignments.models import Obligation
from training.assignments.queries.pause_warnings import (
    open_obligations,
    pausing_quizzes,
    warnings_due,
)
from training.assignments.queries.quiz_pauses import quizzes_now
from training.assignments.queries.undecided import undecided_assignments
from training.assignments.rules import due
from training.teams.kinds.team_mail import TRAINERS, TeamMail
from training.teams.queries.teams import trainers_in


class PauseAheadMail(TeamMail):
    """To trainers of people who still need quizzes that will pause."""

    code = "pause_ahead"
    label = _("quiz will pause")
    templates = ("training/assignments/mail/pause_ahead",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return the newest warning of each pause to each trainer concerned."""
        return [
            _warning(each, step, user, planning.at)
            for each, step in warnings_due(timezone.localdate(planning.at))
            for user in _trainers_of(each.course_key)
        ]

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the warning, or None if the date was renewed or has passed."""
        today = timezone.localdate(at)
        course_key = uuid.UUID(message.topic_key.removeprefix("course:"))
        last_day = message.why.get("last_day")
        for each in pausing_quizzes(quizzes_now([course_key]), today):
            if each.last_day.isoformat() == last_day and not each.is_paused(today):
                return compose_message(
                    self.templates[0],
                    path=reverse("wagtailadmin_home"),
                    link=_("Training"),
                    footer=TRAINERS,
                    name=message.recipient.first_name,
                    pausing=each,
                    days=days_to_pause(each.last_day, today),
                )
        return None

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Trainers get an e-mail 60, 30 and 7 days before a quiz that people in their"
            " teams still need is paused."
        )


def _trainers_of(course_key) -> QuerySet[User]:
    """Return the trainers of teams in which somebody still has to do the course."""
    asked = open_obligations(assignment__course_key=course_key, team__isnull=False)
    rows = trainers_in(team__in=asked.values("team"))
    users = User.objects.filter(is_active=True, learner__memberships__in=rows)
    return users.distinct().order_by("pk")


def _warning(each, step, user, at):
    day = each.last_day - dt.timedelta(days=step - 1)
    return Message(
        kind=PauseAheadMail.code,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        topic_key=f"course:{each.course_key}",
        scheduled_for=due.start_of_day(day, settings.TIME_ZONE),
        created_at=at,
        why={"title": each.course, "last_day": each.last_day.isoformat()},
    )


class DecisionNeededMail(TeamMail):
    """To the trainers of people waiting for an assignment without a live lesson."""

    code = "undecided"
    label = _("assignment needs a decision")
    templates = ("training/assignments/mail/undecided",)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return one message to each person concerned.

        These are the trainers of waiting teams, and whoever assigned it to individuals.
        """
        return [
            Message(
                kind=self.code,
                recipient=user,
                recipient_key=f"user:{user.pk}",
                topic_key=f"assignment:{each.assignment.pk}",
                scheduled_for=each.since,
                created_at=planning.at,
                why={"title": each.assignment.title},
            )
            for each in undecided_assignments(Obligation.objects.all(), planning.at)
            for user in _who_decides(each.assignment)
        ]

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return the message that none of it is live, or None once that is resolved."""
        about = Obligation.objects.filter(
            assignment=message.topic_key.removeprefix("assignment:")
        )
        for each in undecided_assignments(about, at):
            return compose_message(
                self.templates[0],
                path=reverse("assignments:inspect", args=[each.assignment.pk]),
                link=_("The assignment"),
                footer=TRAINERS,
                name=message.recipient.first_name,
                title=each.assignment.title,
                people=each.people,
            )
        return None

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "The trainers of people who are waiting get one e-mail when no lesson of an"
            " assignment is live, so that someone can decide."
        )


def _who_decides(assignment) -> QuerySet[User]:
    waiting = assignment.obligations.unsatisfied()
    trainers = trainers_in(team__in=waiting.exclude(team=None).values("team"))
    found = User.objects.filter(learner__memberships__in=trainers)
    if waiting.filter(team=None).exists():
        found |= User.objects.filter(pk=assignment.created_by_id)
    return found.filter(is_active=True).distinct().order_by("pk")
