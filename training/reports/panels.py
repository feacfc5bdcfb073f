"""What trainers see first after signing in: who is in date today, and who is not."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.panels.admin_pages import PanelForUser
from training.assignments.access import obligations_seen_by
from training.reports.queries.needs_help import help_lines, obligations_needing_help
from training.reports.queries.training_status import (
    StatusLine,
    next_dates,
    status_lines,
    totals_of,
)
from training.reports.rules.charts import Column, Segment, stacked_bar, trend_columns
from training.reports.rules.training_status import TrainingStatus
from training.reports.wording import STATUS_LABELS

MOST = 10


@dataclass(frozen=True)
class DrawnLine:
    """A line with its bar and its trend, whose first and last shares are in per cent."""

    line: StatusLine
    counts: list[int]
    bar: tuple[Segment, ...]
    trend: tuple[Column, ...]
    first: int
    last: int


class StatusPanel(PanelForUser):
    """In date today, for each team and assignment, with the trend of a year."""

    name = "training_status"
    template_name = "training/reports/status_panel.html"
    order = 90

    def get_context_data(self, parent_context):
        lines = status_lines(obligations_seen_by(self.user), timezone.now())
        totals = totals_of(lines)
        return {
            "lines": [_drawn(line) for line in lines],
            "labels": STATUS_LABELS.values(),
            "asked": sum(totals.values()),
            "in_date": totals[TrainingStatus.IN_DATE],
            "late": sum(line.late for line in lines),
            "more_in_date": sum(line.in_date - line.in_date_before for line in lines),
            "more_late": sum(line.late - line.late_before for line in lines),
        }


def _drawn(line: StatusLine) -> DrawnLine:
    shares = [month.share for month in line.trend]
    known = [round(100 * share) for share in shares if share is not None]
    return DrawnLine(
        line=line,
        counts=list(line.counts.values()),
        bar=stacked_bar(line.counts),
        trend=trend_columns(shares),
        first=known[0],
        last=known[-1],
    )


class HelpPanel(PanelForUser):
    """Who needs help, longest overdue first, and the next due dates."""

    name = "training_help"
    template_name = "training/reports/help_panel.html"
    order = 95

    def get_context_data(self, parent_context):
        at = timezone.now()
        rows = obligations_needing_help(self.user, at)
        first = list(rows.order_by("effective_due_at", "pk")[:MOST])
        return {
            "lines": help_lines(first, at),
            "count": len(first) if len(first) < MOST else rows.count(),
            "dates": next_dates(obligations_seen_by(self.user), at),
        }
