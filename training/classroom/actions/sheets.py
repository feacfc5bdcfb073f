"""The sheet that people sign, as a PDF."""

import importlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.rules.fonts import packages_for, without_font
from training.classroom.queries.sheets import SignInSheet

STYLES = "classroom/sheet.css"


class UnableToPrintSheet(Exception):
    """The server cannot make the PDF; the text says why, and what to do."""


def pdf_of_sheet(sheet: SignInSheet) -> bytes:
    """Return the sheet as a PDF, styled as its page is. Raises UnableToPrintSheet."""
    try:
        # Without Pango, the library cannot even be imported.
        pdf = importlib.import_module("training.certificates.actions.pdf")
    except OSError:
        text = _("This server cannot make PDFs. Print the page instead.")
        raise UnableToPrintSheet(text) from None
    _check_fonts(sheet)
    context = {"sheet": sheet, "is_pdf": True}
    html = render_to_string("training/classroom/sheet.html", context)
    return pdf.pdf_of(html, Path(finders.find(STYLES)))


def _check_fonts(sheet):
    letters = without_font(sheet.letters)
    if letters:
        text = _(
            "This server has no font for %(letters)s, so print the page instead."
            " Whoever runs it can install %(packages)s."
        )
        known = {"letters": letters, "packages": ", ".join(packages_for(letters))}
        raise UnableToPrintSheet(text % known)
