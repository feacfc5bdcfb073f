"""The certificates of several people as one PDF, each on a sheet of its own."""

import importlib
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.rules.fonts import packages_for, without_font
from training.certificates.queries.certificates import ShownCertificate


class UnableToMakePdf(Exception):
    """The server cannot make the PDF; the text says why."""


def pdf_of_certificates(certificates: Sequence[ShownCertificate]) -> bytes:
    """Return them as one PDF. Raises UnableToMakePdf."""
    try:
        # Without Pango, the library cannot even be imported.
        pdf = importlib.import_module("training.certificates.actions.pdf")
    except OSError:
        text = _("This server cannot make PDFs: a library (Pango) is missing.")
        raise UnableToMakePdf(text) from None
    _check_fonts(certificates)
    template = "training/certificates/certificates_pdf.html"
    return pdf.pdf_of(render_to_string(template, {"certificates": certificates}))


def _check_fonts(certificates):
    letters = without_font(
        "".join(f"{each.holder}{each.course}" for each in certificates)
    )
    if letters:
        text = _(
            "This server has no font for %(letters)s. Whoever runs it can install"
            " %(packages)s."
        )
        known = {"letters": letters, "packages": ", ".join(packages_for(letters))}
        raise UnableToMakePdf(text % known)
