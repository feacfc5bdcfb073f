"""What a phone loads for a page, and what it loads again."""

import re
from urllib.parse import urljoin

from tests.load.figures import write_at_most, write_figure

FILES = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|script[^>]* src|img[^>]* src)="([^"]+)"'
)
SHEET = re.compile(r'<link rel="stylesheet"[^>]* href="([^"]+)"')
FONTS = re.compile(r"url\(\"?([^\")]+\.woff2)")
KILOBYTE = 1000
FIRST, LATER = 48, 12


def measure_transfer(people, lesson) -> None:
    """Write the bytes of the first and a later view, with typeface and pictures."""
    phone = people.visitor(Accept_Encoding="gzip, deflate, br")
    page = phone.get(lesson.url)
    files = files_of(people.visitor(), lesson.url)
    loaded = sum(len(phone.get(file).body) for file in files)
    figure = f"lesson “{lesson.title}”"
    first = (len(page.body) + loaded) / KILOBYTE
    write_at_most(f"{figure}, first view", first, "kB", FIRST)
    write_at_most(f"{figure}, later view", len(page.body) / KILOBYTE, "kB", LATER)
    again = phone.get(lesson.url, headers={"If-None-Match": page.header("ETag")})
    code = again.status_code
    write_figure(f"{figure}, unchanged", code, "status", "304", ok=code == 304)


def files_of(plain, path: str) -> set[str]:
    """Return the addresses of all files that a browser loads for the page.

    `plain` is a browser that takes no packed answers. Both weights of the typeface
    count, as headings are on each page.
    """
    page = plain.get(path)
    sheet = SHEET.search(page.text)[1]
    fonts = FONTS.findall(plain.get(sheet).text)
    return {urljoin(path, file) for file in FILES.findall(page.text)} | {
        urljoin(sheet, font) for font in fonts
    }
