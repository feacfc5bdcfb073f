"""CSV and XLSX exports from the admin, both ours and Wagtail's."""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from course.rules.spreadsheet import strip_control_characters, without_formula


def make_exports_safe() -> None:
    """Make the cells of all exports safe, whatever they contain.

    Wagtail has no setting for this, and its own reports contain user input too.
    """
    mixin = SpreadsheetExportMixin
    mixin.preprocess_field_value = _safe(mixin.preprocess_field_value)
    mixin.get_heading = _safe(mixin.get_heading)


def _safe(method):
    @wraps(method)
    def cell(self, *arguments):
        value = method(self, *arguments)
        if not isinstance(value, str):
            return value
        is_csv = arguments[-1] == SpreadsheetExportMixin.FORMAT_CSV
        return without_formula(value) if is_csv else strip_control_characters(value)

    return cell
