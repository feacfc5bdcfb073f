"""The reports “In date today” and “Needs help”."""

from django.utils.translation import gettext_lazy as _

from training.assignments.access import obligations_seen_by
from training.assignments.models import Obligation
from training.reports.queries.needs_help import help_lines, obligations_needing_help
from training.reports.queries.training_status import status_lines
from training.reports.rules.training_status import TrainingStatus
from training.reports.views.base import TrainingReport
from training.reports.views.behind import (
    ASSIGNMENT,
    DAYS_OVERDUE,
    DUE,
    LESSONS,
    PERSON,
    TEAM,
    LateReport,
)
from training.reports.views.columns import LineColumn, ShareColumn, StatusColumn
from training.reports.views.filters import HelpFilterSet, StatusFilterSet
from training.reports.wording import STATUS_LABELS


class CountColumn(LineColumn):
    """How many people have one status."""

    def __init__(self, status):
        super().__init__(str(status), label=STATUS_LABELS[status])
        self.status = status

    def get_value(self, line):
        return line.counts[self.status]


class StatusReport(TrainingReport):
    """Where people stand now, for each team and assignment."""

    page_title = _("In date today")
    header_icon = "circle-check"
    export_filename = "in-date-today"
    filterset_class = StatusFilterSet
    model = Obligation
    paginate_by = None
    columns = [
        LineColumn("team", label=_("Team")),
        LineColumn("assignment", label=_("Assignment")),
        LineColumn("asked", label=_("Asked")),
        *(CountColumn(status) for status in TrainingStatus),
        LineColumn("elsewhere", label=_("In date, done elsewhere")),
        ShareColumn("share", label=_("Share in date")),
    ]

    def get_base_queryset(self):
        return obligations_seen_by(self.request.user)

    def get_queryset(self):
        return status_lines(self.filter_queryset(self.get_base_queryset()), self.at)


class HelpReport(LateReport):
    """Who needs more than another reminder, and why."""

    page_title = _("Needs help")
    header_icon = "help"
    export_filename = "needs-help"
    filterset_class = HelpFilterSet
    columns = [
        PERSON,
        TEAM,
        ASSIGNMENT,
        StatusColumn("reason", label=_("Why"), sort_key="help_reason"),
        DUE,
        DAYS_OVERDUE,
        LESSONS,
    ]

    def get_base_queryset(self):
        return obligations_needing_help(self.request.user, self.at)

    def lines(self, rows):
        return help_lines(rows, self.at)
