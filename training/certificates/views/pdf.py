"""A certificate as a PDF. The library needs Pango, so it is only imported on demand."""

from pathlib import Path

from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher

STYLES = Path(__file__).with_name("certificate.css")


def document_of(html: str) -> Document:
    """Return the page laid out for printing.

    Nothing is fetched: pictures must be embedded in the page.
    """
    nowhere = URLFetcher(allowed_protocols=["data"])
    styles = CSS(string=STYLES.read_text(encoding="utf-8"), url_fetcher=nowhere)
    page = HTML(string=html, url_fetcher=nowhere)
    return page.render(stylesheets=[styles], pdf_variant="pdf/ua-1")


def pdf_of(html: str) -> bytes:
    """Return the page as a tagged PDF/UA-1 with embedded fonts."""
    return document_of(html).write_pdf(pdf_variant="pdf/ua-1")
