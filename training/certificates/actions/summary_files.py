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
from training.certificates.rules.printed_sheets import split_by_person
from training.certificates.wording import COLUMNS, Cell, SummaryRow

STYLES = Path(__file__).with_name("summary.css")
# To lay these out takes 13 seconds of work: 4.5 for each hundred.
MOST_ROWS_ON_PAPER = 300
PRINTING = "training.certificates.actions.pdf"


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


def can_print() -> bool:
    """Return whether Pango is installed. Without it, the library cannot be imported."""
    try:
        importlib.import_module(PRINTING)
    except OSError:
        return False
    return True


def sheets_of_summary(rows: Sequence[SummaryRow]) -> list[list[SummaryRow]]:
    """Return the rows of each PDF."""
    return split_by_person(
        rows, most=MOST_ROWS_ON_PAPER, person_of=lambda row: row.line.person_id
    )


def sheet_names(total: int) -> list[str]:
    """Return the names of so many PDFs in a pack."""
    if total == 1:
        return ["summary.pdf"]
    return [f"summary-{number}-of-{total}.pdf" for number in range(1, total + 1)]


def pdf_of_summary(
    rows: Sequence[SummaryRow],
    facts: Mapping[str, Any],
    *,
    number: int = 1,
    total: int = 1,
) -> bytes:
    """Return the rows of one sheet of `total` as a PDF. Raises OSError without Pango."""
    pdf = importlib.import_module(PRINTING)
    names = "".join(f"{row.line.person}{row.line.assignment}" for row in rows)
    context = {"rows": rows, "facts": facts, "without_font": without_font(names)}
    context |= {"number": number, "total": total}
    template = "training/certificates/evidence/summary_pdf.html"
    return pdf.pdf_of(render_to_string(template, context), STYLES)


def printed_summary(
    rows: Sequence[SummaryRow], facts: Mapping[str, Any], *, most_sheets: int | None
) -> dict[str, bytes]:
    """Return name → PDF for each sheet.

    Empty if there would be more than `most_sheets`, or Pango is missing.
    """
    sheets = sheets_of_summary(rows)
    total = len(sheets)
    if (most_sheets and total > most_sheets) or not can_print():
        return {}
    return {
        name: pdf_of_summary(sheet, facts, number=number, total=total)
        for number, (name, sheet) in enumerate(
            zip(sheet_names(total), sheets, strict=True), start=1
        )
    }
