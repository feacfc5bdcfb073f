"""Getting a report by e-mail, and no longer. Every verb is safe to call again."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from accounts.models import User
from training import access
from training.actions.notices import plan
from training.models import Notice, ScheduledReport, Team
from training.report_days import newest_report_at


class UnableToSchedule(Exception):
    """The team is none that the user looks after."""


@transaction.atomic
def schedule_report(
    *, user: User, team: Team | None, frequency: str, at: dt.datetime
) -> ScheduledReport:
    """Let the user get “Who is behind” of the team, or of all their teams.

    Somebody who gets it already gets it as often as said now. Raises UnableToSchedule.
    """
    if team and team not in access.teams_seen_by(user):
        raise UnableToSchedule
    return ScheduledReport.objects.update_or_create(
        recipient=user,
        team=team,
        defaults={"frequency": frequency},
        create_defaults={"frequency": frequency, "created_at": at},
    )[0]


def stop_report(*, schedule: ScheduledReport) -> None:
    """End it; what is planned already is dropped when it would be sent."""
    ScheduledReport.objects.filter(pk=schedule.pk).delete()


def plan_scheduled_reports(*, at: dt.datetime) -> int:
    """Put the reports that have fallen due into the outbox; return how many are new.

    Where the job did not run for long, the newest report is sent, not all missed.
    """
    notices = []
    for schedule in ScheduledReport.objects.filter(recipient__is_active=True):
        when = newest_report_at(schedule.frequency, at, settings.TIME_ZONE)
        if when >= schedule.created_at:
            notices.append(_notice(schedule, when, at))
    return plan(notices)


def _notice(schedule, when, at):
    return Notice(
        kind=Notice.Kind.REPORT,
        recipient_id=schedule.recipient_id,
        recipient_key=f"user:{schedule.recipient_id}",
        subject_key=f"report:{schedule.pk}",
        team_id=schedule.team_id,
        scheduled_for=when,
        why={"schedule": schedule.pk, "frequency": schedule.frequency},
        created_at=at,
    )
