"""The report “Log”: what was changed about training, by whom and why."""

from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import ModelLogEntry

from training.certificates.access import log_seen_by
from training.reports.queries.log_entries import log_lines, search_log
from training.reports.views.base import TrainingReport
from training.reports.views.columns import (
    CONTACT,
    FileLine,
    LineColumn,
    PersonColumn,
)
from training.teams.log import ACTIONS
from training.teams.queries.people import contacts_of


class LogFilterSet(WagtailFilterSet):
    """Filters of “Log”."""

    action = ChoiceFilter(
        label=_("What"),
        choices=[(name, past) for name, (_verb, past) in ACTIONS.items()],
        empty_label=_("All"),
    )
    timestamp = DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields = []


class TimeColumn(LineColumn):
    """A moment in the user's own time zone, written so that it can be sorted."""

    def get_value(self, line):
        return f"{super().get_value(line):%Y-%m-%d %H:%M}"


class ByColumn(LineColumn):
    def get_value(self, line):
        return str(super().get_value(line) or _("the system"))


class LogReport(TrainingReport):
    """Each action on people and teams that the user can see, newest first."""

    page_title = _("Log")
    header_icon = "history"
    results_template_name = "training/reports/log_results.html"
    export_filename = "log"
    filterset_class = LogFilterSet
    is_searchable = True
    paginate_by = 50
    default_ordering = "-timestamp"
    columns = [
        TimeColumn("when", label=_("When"), sort_key="timestamp"),
        LineColumn("what", label=_("What"), sort_key="action"),
        PersonColumn("person", label=_("Person")),
        ByColumn("by", label=_("By")),
        LineColumn("why", label=_("Why")),
        LineColumn("details", label=_("Details")),
    ]

    def get_base_queryset(self):
        return log_seen_by(self.request.user)

    def search_queryset(self, queryset):
        found = self.search_query
        return search_log(queryset, found) if found else queryset

    def lines(self, rows):
        return log_lines(rows)

    def _file_lines(self, rows):
        """Return the lines with how to reach each person; some are about nobody."""
        lines = self.lines(rows)
        people = [(line.learner, None) for line in lines if line.learner]
        contacts = iter(contacts_of(people, self.request.user))
        nobody = dict.fromkeys(CONTACT, "")
        return [
            FileLine(line, next(contacts) if line.learner else nobody) for line in lines
        ]
