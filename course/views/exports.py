"""CSV and XLSX exports from the admin, both ours and Wagtail's."""

import codecs
import csv
from functools import wraps
from itertools import chain

from django.utils.formats import get_format
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from course.rules.spreadsheet import (
    csv_cell,
    separator_beside,
    strip_control_characters,
    without_formula,
)


def make_exports_safe() -> None:
    """Make the cells of all exports safe, whatever they contain, and CSV readable.

    Wagtail has no setting for this, and its own reports contain user input too.
    """
    mixin = SpreadsheetExportMixin
    mixin.preprocess_field_value = _safe(mixin.preprocess_field_value)
    mixin.get_heading = _safe(mixin.get_heading)
    mixin.stream_csv = _stream_csv


def _safe(method):
    @wraps(method)
    def cell(self, *arguments):
        value = method(self, *arguments)
        if not isinstance(value, str):
            return value
        is_csv = arguments[-1] == SpreadsheetExportMixin.FORMAT_CSV
        return without_formula(value) if is_csv else strip_control_characters(value)

    return cell


def _stream_csv(self, queryset):
    """Return the lines of a CSV file that Excel opens with the right letters and cells.

    Wagtail's own has no mark for UTF-8, and commas in every language.
    """
    decimal = get_format("DECIMAL_SEPARATOR")
    separator = separator_beside(decimal)
    writer = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=separator)
    headings = {
        field: without_formula(self.get_heading(queryset, field))
        for field in self.list_export
    }
    # The lines are read when the language of the request is no longer active.
    head = codecs.BOM_UTF8 + writer.writerow(headings)
    return chain([head], (_line(self, writer, item, decimal) for item in queryset))


def _line(view, writer, item, decimal):
    values = {
        field: view.preprocess_field_value(field, value, view.FORMAT_CSV)
        for field, value in view.to_row_dict(item).items()
    }
    cells = {field: csv_cell(value, decimal) for field, value in values.items()}
    return writer.writerow(cells)
