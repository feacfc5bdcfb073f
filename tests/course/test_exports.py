"""CSV files of all lists open in Excel: letters, and cells in each language."""

import pytest
from django.utils import translation
from wagtail.admin.views.mixins import SpreadsheetExportMixin


class Numbers(SpreadsheetExportMixin):
    list_export = ["real", "imag"]
    export_headings = {"real": "Hours", "imag": "Other"}


@pytest.mark.parametrize(
    ("language", "line"), [("en", "-1.5,0.0"), ("es", "-1,5;0,0"), ("ar", "-1,5;0,0")]
)
def test_numbers_in_csv_have_the_decimal_separator_of_the_language(language, line):
    with translation.override(language):
        lines = Numbers().stream_csv([-1.5])
    assert b"".join(lines).decode("utf-8-sig") == f"Hours{line[4]}Other\r\n{line}\r\n"


class Words(SpreadsheetExportMixin):
    list_export = ["upper", "lower"]
    export_headings = {"upper": "Wörter", "lower": "=1+1"}


@pytest.mark.parametrize(("language", "sign"), [("en", ","), ("de", ";")])
def test_csv_has_a_mark_for_utf8_and_the_separator_of_the_language(language, sign):
    with translation.override(language):
        lines = Words().stream_csv(["ä"])
    # Read later, as servers do.
    text = b"".join(lines)
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig") == f"Wörter{sign}'=1+1\r\nÄ{sign}ä\r\n"
