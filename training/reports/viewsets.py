"""The reports about teams, below `/admin/training/`."""

from training.reports.views import (
    behind,
    completion,
    items,
    log,
    matrix,
    overview,
    status,
)
from training.teams.viewsets import TrainingListViewSet

REPORTS = {
    "status": status.StatusReport,
    "behind": behind.BehindReport,
    "help": status.HelpReport,
    "matrix": matrix.MatrixReport,
    "overdue": behind.OverdueReport,
    "completion": completion.CompletionReport,
    "drop_off": completion.DropOffReport,
    "items": items.ItemsReport,
    "course": overview.CourseOverviewReport,
    "log": log.LogReport,
}
"""In menu order."""


class ReportViewSet(TrainingListViewSet):
    """A report, whose URL ends with its name."""

    @property
    def url_namespace(self):
        return f"report_{self.name}"

    @property
    def url_prefix(self):
        return f"training/reports/{self.name}"

    @property
    def menu_name(self):
        return f"reports-report_{self.name}"


def report_viewsets():
    """Return a viewset for each report."""
    return [
        ReportViewSet(name, index_view_class=view, menu_order=order)
        for order, (name, view) in enumerate(REPORTS.items(), 30)
    ]
