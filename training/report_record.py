"""Which reports a person gets by e-mail, for a download."""

import datetime as dt

from accounts.models import User
from training.models import ScheduledReport
from training.team_record import Record


def scheduled_reports_record(user: User) -> list[Record]:
    """Return the reports that the account gets by e-mail, as plain values."""
    rows = ScheduledReport.objects.filter(recipient=user).select_related("team")
    return [
        {"about": str(row), "how_often": row.frequency}
        for row in rows.order_by("created_at")
    ]


def forget_scheduled_reports(user: User, at: dt.datetime) -> None:
    """End the reports that the account gets by e-mail."""
    user.scheduled_reports.all().delete()
