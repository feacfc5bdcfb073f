"""What all reports in the training area share."""

from itertools import islice, repeat

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.reports import ReportView

from jobs.queries import rows_for_worker
from training.reports.views.columns import CONTACT, FileLine, PersonColumn
from training.reports.views.exports import MOST_AT_ONCE
from training.teams.queries.people import contacts_of
from training.teams.views.admin_mixins import TrainingAdminMixin

CHUNK = 500


def in_chunks(rows, size=CHUNK):
    """Yield lists of rows; only one list of a queryset is in memory at a time."""
    rows = rows.iterator(size) if isinstance(rows, QuerySet) else iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


class TrainingReport(TrainingAdminMixin, ReportView):
    """A report whose rows become lines, page by page or, for files, in chunks.

    Subclasses define `get_queryset` and `lines`; every column is on screen and in
    files. If one is a person, files also say how to reach them and what they do.
    """

    results_template_name = "training/reports/results.html"
    table_classname = "listing"

    def lines(self, rows):
        """Return the lines that the columns show for some rows."""
        return rows

    def people_in(self, rows):
        """Return the learner of each row, and the id of the team that it is about."""
        return [(row.learner, row.team_id) for row in rows]

    def get_filtered_queryset(self):
        # Only once: Wagtail would filter the filtered rows again, see
        # https://github.com/wagtail/wagtail/issues/12371
        if self.filters and not self.filters.is_valid():
            raise Http404
        return self.get_queryset()

    def order_queryset(self, queryset):
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    def get(self, request, *args, **kwargs):
        self.object_list = self.get_filtered_queryset()
        if self.is_export:
            number = self._rows_for_a_worker()
            if number:
                return self._offer_a_job(number)
            # In chunks, so that large files need little memory.
            rows = in_chunks(self.object_list)
            lines = (line for chunk in rows for line in self._file_lines(chunk))
            return self.as_spreadsheet(lines, request.GET["export"])
        return self.render_to_response(self.get_context_data())

    def _file_lines(self, rows):
        contacts = repeat({})
        if any(isinstance(column, PersonColumn) for column in self.columns):
            contacts = contacts_of(self.people_in(rows), self.request.user)
        return map(FileLine, self.lines(rows), contacts)

    def _rows_for_a_worker(self):
        """Return how many rows the file has, if a worker should make it; 0 if not."""
        if getattr(self.request, "is_made_by_job", False):
            return 0
        return rows_for_worker(self._count_rows, most=MOST_AT_ONCE, at=self.at)

    def _count_rows(self):
        rows = self.object_list
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    def _offer_a_job(self, number):
        name = self.request.resolver_match.namespace
        query = self.request.GET.copy()
        query["rows"] = number
        return redirect(f"{reverse('reports:export', args=[name])}?{query.urlencode()}")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        context["object_list"] = self.lines(rows) if rows else []
        context["table"] = self.get_table(context["object_list"])
        return context

    @property
    def list_export(self):
        return list(self.export_headings)

    @property
    def export_headings(self):
        headings = {}
        for column in self.columns:
            headings[column.name] = column.label
            if isinstance(column, PersonColumn):
                headings |= CONTACT
        return headings

    def to_row_dict(self, item):
        cells = {column.name: column.exported(item.line) for column in self.columns}
        held = cells | item.contact
        return {name: held[name] for name in self.list_export}
