"""The reports that a person gets by e-mail, for a download."""

from accounts.models import User
from training.reports.models import ScheduledReport
from training.teams.queries.personal_record import Record


def scheduled_reports_record(user: User) -> list[Record]:
    """Return the reports that the account gets by e-mail, as plain values."""
    rows = ScheduledReport.objects.filter(recipient=user).select_related("team")
    return [
        {"about": str(row), "how_often": row.frequency}
        for row in rows.order_by("created_at")
    ]
