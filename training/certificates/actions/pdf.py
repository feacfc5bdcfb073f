"""A page as a PDF. The library needs Pango, so it is only imported on demand."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

STYLES = Path(__file__).with_name("certificate.css")
WEIGHTS = (400, 700)
FONT = "fonts/atkinson-hyperlegible-next-{}.woff2"
FACE = (
    '@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {}; '
    "src: url(data:font/woff2;base64,{}) }}"
)


def document_of(html: str, sheet: Path = STYLES) -> Document:
    """Return the page laid out for printing, as the style sheet says.

    Nothing is fetched: pictures and fonts must be embedded.
    """
    nowhere, fonts = URLFetcher(allowed_protocols=["data"]), FontConfiguration()
    styles = CSS(string=_styles(sheet), url_fetcher=nowhere, font_config=fonts)
    page = HTML(string=html, url_fetcher=nowhere)
    return page.render(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1")


def pdf_of(html: str, sheet: Path = STYLES) -> bytes:
    """Return the page as a tagged PDF/UA-1 with embedded fonts."""
    return document_of(html, sheet).write_pdf(pdf_variant="pdf/ua-1")


@cache
def _styles(sheet: Path) -> str:
    """Return the rules, with the typeface that the site serves inside."""
    faces = (FACE.format(weight, _packed(weight)) for weight in WEIGHTS)
    return "\n".join((*faces, sheet.read_text(encoding="utf-8")))


def _packed(weight: int) -> str:
    return b64encode(Path(finders.find(FONT.format(weight))).read_bytes()).decode()
