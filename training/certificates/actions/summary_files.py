"""The summary of a pack as files: CSV and XLSX for spreadsheets, PDF for paper."""

import csv
import importlib
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import get_format
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from accounts.rules.fonts import without_font
from course.rules.spreadsheet import csv_cell, separator_beside
from training.certificates.wording import COLUMNS, Cell, SummaryRow

STYLES = Path(__file__).with_name("summary.css")
# To lay these out takes 13 seconds of work: 4.5 for each hundred.
MOST_ROWS_ON_PAPER = 300


def _cells(row) -> list[Cell]:
    return [value_of(row) for _heading, value_of in COLUMNS]


def _headings() -> list[str]:
    return [str(heading) for heading, _value_of in COLUMNS]


def csv_of_summary(rows: Sequence[SummaryRow]) -> bytes:
    """Return the rows as CSV that opens in a spreadsheet of the current language.

    It begins with a mark for UTF-8, and its separator and numbers follow the decimal separator.
    """
    text = StringIO()
    decimal = get_format("DECIMAL_SEPARATOR")
    writer = csv.writer(text, delimiter=separator_beside(decimal))
    writer.writerow(_headings())
    writer.writerows([csv_cell(cell, decimal) for cell in _cells(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of_summary(rows: Sequence[SummaryRow]) -> bytes:
    """Return the rows as a workbook with one sheet, whose first row stays in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "B2"
    for place in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 20
    heading = [_cell(sheet, text) for text in _headings()]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _cells(row)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet, value):
    cell = WriteOnlyCell(sheet, value)
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell


def pdf_of_summary(
    rows: Sequence[SummaryRow], facts: Mapping[str, Any]
) -> bytes | None:
    """Return the rows as a PDF; None if there are too many, or Pango is missing."""
    if len(rows) > MOST_ROWS_ON_PAPER:
        return None
    try:
        # Without Pango, the library cannot even be imported.
        pdf = importlib.import_module("training.certificates.actions.pdf")
    except OSError:
        return None
    names = "".join(f"{row.line.person}{row.line.assignment}" for row in rows)
    context = {"rows": rows, "facts": facts, "without_font": without_font(names)}
    template = "training/certificates/evidence/summary_pdf.html"
    return pdf.pdf_of(render_to_string(template, context), STYLES)
