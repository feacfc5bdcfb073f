"""Starting and stopping reports by e-mail. Every action is safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from training.reports.models import ScheduledReport
from training.teams import access
from training.teams.models import Team


class UnableToSchedule(Exception):
    """The user does not look after the team."""


@transaction.atomic
def schedule_report(
    *, user: User, team: Team | None, frequency: str, at: dt.datetime
) -> ScheduledReport:
    """Send the user “Who is behind” for the team, or for all their teams.

    If they already get it, only the frequency changes. Raises UnableToSchedule.
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
    """Stop it; messages already planned are dropped when they are due."""
    ScheduledReport.objects.filter(pk=schedule.pk).delete()


def forget_scheduled_reports(user: User, at: dt.datetime) -> None:
    """Stop the reports that the account gets by e-mail."""
    user.scheduled_reports.all().delete()
