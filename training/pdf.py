"""A certificate as PDF. The library needs Pango, so only the view that asks imports it."""

from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

STYLES = Path(__file__).with_name("certificate.css")


def pdf_of(html: str) -> bytes:
    """Return the page as a tagged PDF/UA-1 with its fonts inside.

    Nothing is fetched: pictures must stand in the page itself.
    """
    nowhere = URLFetcher(allowed_protocols=["data"])
    styles = CSS(string=STYLES.read_text(encoding="utf-8"), url_fetcher=nowhere)
    return HTML(string=html, url_fetcher=nowhere).write_pdf(
        stylesheets=[styles], pdf_variant="pdf/ua-1"
    )
