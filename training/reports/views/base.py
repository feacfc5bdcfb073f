"""What all reports in the training area share."""

from itertools import islice

from django.db.models import QuerySet
from django.http import Http404
from wagtail.admin.views.reports import ReportView

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
    files.
    """

    results_template_name = "training/reports/results.html"
    table_classname = "listing"

    def lines(self, rows):
        """Return the lines that the columns show for some rows."""
        return rows

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
            # In chunks, so that large files need little memory.
            rows = in_chunks(self.object_list)
            lines = (line for chunk in rows for line in self.lines(chunk))
            return self.as_spreadsheet(lines, request.GET["export"])
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        context["object_list"] = self.lines(rows) if rows else []
        context["table"] = self.get_table(context["object_list"])
        return context

    @property
    def list_export(self):
        return [column.name for column in self.columns]

    @property
    def export_headings(self):
        return {column.name: column.label for column in self.columns}

    def to_row_dict(self, item):
        return {column.name: column.exported(item) for column in self.columns}
