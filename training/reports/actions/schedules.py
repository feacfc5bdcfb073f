"""Getting a report by e-mail, and no longer. Every verb is safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from training.reports.models import ScheduledReport
from training.teams import access
from training.teams.models import Team


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


def forget_scheduled_reports(user: User, at: dt.datetime) -> None:
    """End the reports that the account gets by e-mail."""
    user.scheduled_reports.all().delete()
