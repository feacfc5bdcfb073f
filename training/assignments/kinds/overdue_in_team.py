"""Mail to trainers and managers about who is behind in a team."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mail.composing import compose_message
from mail.kinds import MessageText, Planning
from mail.models import Message
from training.assignments.kinds.ladder import only_if_late
from training.assignments.kinds.obligation_mail import facts_of
from training.assignments.kinds.reminders import everything_to_do
from training.assignments.kinds.steps import ForetoldMail
from training.assignments.models import Obligation, Status
from training.assignments.queries.digests import (
    behind_by_team,
    digests_due,
    paused_by_team,
)
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.assignments.rules.reminder_steps import ReminderPlan, ReminderStep
from training.teams.kinds.team_mail import MANAGERS, TRAINERS, TeamMail
from training.teams.queries.teams import trainers_in


def rows_overdue(planning: Planning) -> list[Obligation]:
    """Return everything people still have to do that is overdue."""
    rows = planning.ask(everything_to_do).rows
    return [row for row in rows if row.status == Status.OVERDUE]


class DigestMail(TeamMail):
    """To each trainer with somebody behind in their teams, once a week.

    Each trainer chooses the day and the hour, so it does not wait for quiet hours.
    """

    code = "digest"
    label = _("trainer's digest")
    templates = ("training/assignments/mail/digest",)
    waits_for_quiet_hours = False

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return the newest digest of each trainer with somebody behind."""
        at = planning.at
        teams = {row.team_id for row in planning.ask(rows_overdue) if row.team_id}
        if not teams:
            return []
        trainers = User.objects.filter(
            is_active=True, learner__memberships__in=trainers_in(team__in=teams)
        )
        users = list(trainers.distinct())
        return [_digest(user, when, at) for user, when in digests_due(users, at)]

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return who is behind in the trainer's teams, or None if nobody is."""
        teams = behind_by_team(message.recipient, at)
        if not teams:
            return None
        return compose_message(
            self.templates[0],
            path=reverse("wagtailadmin_home"),
            link=_("Training"),
            footer=TRAINERS,
            name=message.recipient.first_name,
            paused=paused_by_team(message.recipient, at),
            settings=settings.SITE_URL + reverse("wagtailadmin_account"),
            teams=[
                (team.name, [_behind(row, at) for row in rows]) for team, rows in teams
            ],
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "Once a week, trainers get a list of who is behind in their teams, if anyone"
            " is. Each trainer chooses the day and the hour in their account."
        )


def _digest(user, scheduled_for, at):
    return Message(
        kind=DigestMail.code,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        topic_key="teams",
        scheduled_for=scheduled_for,
        created_at=at,
    )


class EscalationMail(TeamMail, ForetoldMail):
    """To the team's manager, as many days after the due date as the assignment says."""

    code = "escalation"
    label = _("long overdue, to the manager")
    templates = ("training/assignments/mail/escalation",)
    in_ladder = False

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        days = plan.mailing.escalate_after
        if not days:
            return []
        day = plan.due + dt.timedelta(days=days)
        return [ReminderStep(self.code, day, days, if_late=True)]

    def step_in_words(self, days: int) -> str:
        return only_if_late(str(self.label), days)

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return a message to the team's manager for each assignment, team and day.

        People who reach the limit on the same day are in the same message.
        """
        at = planning.at
        recent = dt.timedelta(days=due.STALE_DAYS)
        found = [
            _escalation(row, at)
            for row in planning.ask(rows_overdue)
            if is_long_overdue(row, at) and row.team.manager_email
        ]
        once = {each.key: each for each in found if at - each.scheduled_for <= recent}
        return once.values()

    def write_message(
        self, message: Message, at: dt.datetime, facts: object
    ) -> MessageText | None:
        """Return what is long overdue for the team's manager, or None if nothing is."""
        team = message.about
        about = Obligation.objects.filter(
            team=team, assignment=message.topic_key.removeprefix("assignment:")
        )
        rows = long_overdue(about, at) if team and team.manager_email else []
        if not rows:
            return None
        # The current manager, whoever it was when this was planned.
        message.address = team.manager_email
        return compose_message(
            self.templates[0],
            path="/",
            link=settings.WAGTAIL_SITE_NAME,
            footer=MANAGERS,
            name=team.manager_name,
            team=team.name,
            title=rows[0].assignment.title,
            days=rows[0].assignment.escalate_after_days,
            behind=[_behind(row, at) for row in rows],
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        if "days" not in message.why:
            return
        yield (
            ngettext(
                "The assignment “%(title)s” says that the team's manager gets an "
                "e-mail when it is %(days)d day overdue.",
                "The assignment “%(title)s” says that the team's manager gets an "
                "e-mail when it is %(days)d days overdue.",
                message.why["days"],
            )
            % message.why
        )


def is_long_overdue(row: Obligation, at: dt.datetime) -> bool:
    """Return whether the team's manager should know about this by now."""
    after, zone, team = row.assignment.escalate_after_days, row.time_zone, row.team
    if after is None or team is None or team.archived_at:
        return False
    return due.on_day_after(row.effective_due_at, after, zone) <= due.day_in(at, zone)


def long_overdue(
    obligations: QuerySet[Obligation], at: dt.datetime
) -> list[Obligation]:
    """Return the obligations that teams' managers get mail about, in one query."""
    behind = to_do(obligations, at).filter(
        status=Status.OVERDUE, assignment__escalate_after_days__isnull=False
    )
    return [row for row in behind if is_long_overdue(row, at)]


def _escalation(row, at):
    after = row.assignment.escalate_after_days
    day = due.on_day_after(row.effective_due_at, after, row.time_zone)
    return Message(
        kind=EscalationMail.code,
        address=row.team.manager_email,
        recipient_key=f"manager:{row.team_id}",
        topic_key=f"assignment:{row.assignment_id}",
        about=row.team,
        scheduled_for=due.start_of_day(day, row.time_zone),
        created_at=at,
        why={"title": row.assignment.title, "days": after},
    )


def _behind(row: Obligation, at: dt.datetime) -> dict[str, Any]:
    return {"person": str(row.learner.user), **facts_of(row, at)}
