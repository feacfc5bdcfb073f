"""A certificate as PDF. The library needs Pango, so only the view that asks imports it."""

from pathlib import Path

from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher

STYLES = Path(__file__).with_name("certificate.css")


def document_of(html: str) -> Document:
    """Return the page laid out on sheets.

    Nothing is fetched: pictures must stand in the page itself.
    """
    nowhere = URLFetcher(allowed_protocols=["data"])
    styles = CSS(string=STYLES.read_text(encoding="utf-8"), url_fetcher=nowhere)
    page = HTML(string=html, url_fetcher=nowhere)
    return page.render(stylesheets=[styles], pdf_variant="pdf/ua-1")


def pdf_of(html: str) -> bytes:
    """Return the page as a tagged PDF/UA-1 with its fonts inside."""
    return document_of(html).write_pdf(pdf_variant="pdf/ua-1")
