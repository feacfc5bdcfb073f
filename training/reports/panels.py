"""What trainers see first after signing in: who is in date today, and who is not."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.panels.admin_pages import PanelForUser
from training.assignments.access import obligations_seen_by
from training.reports.queries.needs_help import help_lines, obligations_needing_help
from training.reports.queries.training_status import (
    NextDate,
    StatusFigures,
    StatusLine,
    TeamStatus,
    late_in,
    next_dates,
    status_lines,
    team_statuses,
    totals_of,
)
from training.reports.rules.charts import Column, Segment, stacked_bar, trend_columns
from training.reports.rules.training_status import (
    StatusGroup,
    TrainingStatus,
    group_counts,
)
from training.reports.wording import GROUP_LABELS, STATUS_LABELS
from training.teams.access import teams_run_by
from training.teams.models import Team

MOST = 10


@dataclass(frozen=True)
class FigureRow:
    """Figures as a row shows them: its bar, its columns, and each status in words."""

    figures: StatusFigures
    bar: tuple[Segment, ...]
    groups: dict[StatusGroup, int]
    words: list[tuple[str, int]]


def figure_row(figures: StatusFigures) -> FigureRow:
    """Return the row of these figures; its words leave out who is in date, and zeros."""
    groups = group_counts(figures.counts)
    words = [
        (STATUS_LABELS[status], count)
        for status, count in figures.counts.items()
        if count and status != TrainingStatus.IN_DATE
    ]
    return FigureRow(figures, stacked_bar(groups), groups, words)


@dataclass(frozen=True)
class DrawnLine:
    """A line with its bar and its trend, whose first and last shares are in per cent."""

    line: StatusLine
    figures: FigureRow
    trend: tuple[Column, ...]
    first: int
    last: int


@dataclass(frozen=True)
class DrawnTeam:
    """A team with its lines; its own figures only add up more than one line."""

    team: Team | None
    figures: FigureRow
    lines: list[DrawnLine]


class StatusPanel(PanelForUser):
    """In date today: a bar for each team and assignment, and the trend of a year."""

    name = "training_status"
    template_name = "training/reports/status_panel.html"
    order = 90

    def get_context_data(self, parent_context):
        lines = status_lines(obligations_seen_by(self.user), timezone.now())
        totals = totals_of(lines)
        return {
            "teams": [_drawn_team(team) for team in team_statuses(lines)],
            "labels": GROUP_LABELS.items(),
            "asked": sum(totals.values()),
            "in_date": totals[TrainingStatus.IN_DATE],
            "late": late_in(totals),
            "more_in_date": sum(line.in_date - line.in_date_before for line in lines),
            "more_late": sum(line.late - line.late_before for line in lines),
            "may_assign": teams_run_by(self.user).exists(),
        }


def _drawn_team(team: TeamStatus) -> DrawnTeam:
    lines = [_drawn(line) for line in team.lines]
    return DrawnTeam(team.team, figure_row(team), lines)


def _drawn(line: StatusLine) -> DrawnLine:
    shares = [month.share for month in line.trend]
    known = [round(100 * share) for share in shares if share is not None]
    return DrawnLine(
        line=line,
        figures=figure_row(line),
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
        dates = next_dates(obligations_seen_by(self.user), at)
        rows = obligations_needing_help(self.user, at)
        first = list(rows.order_by("effective_due_at", "pk")[:MOST])
        return {
            "lines": help_lines(first, at),
            "count": len(first) if len(first) < MOST else rows.count(),
            "dates": [(date, _bar_of(date)) for date in dates],
        }


def _bar_of(date: NextDate) -> tuple[Segment, ...]:
    return stacked_bar({StatusGroup.IN_DATE: date.done, StatusGroup.LATER: date.to_do})
