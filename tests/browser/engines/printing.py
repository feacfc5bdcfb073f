"""What a browser puts on paper, at its own margins, as words and where they stand."""

import base64
import io
import re
import subprocess
from dataclasses import dataclass
from html import unescape

from PIL import Image
from selenium.webdriver.common.print_page_options import PrintOptions

# Centimetres: width and height.
PAPERS = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}
# Centimetres: 0.4 and 0.5 inches, as the engines set them.
OWN_MARGINS = {"chromium": 1.016, "firefox": 1.27}
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')


@dataclass(frozen=True)
class Sheet:
    """One page: its lines from top to bottom, and how far down and across they go."""

    lines: list[list[str]]
    filled: float
    across: float


def printed(driver, engine, paper):
    """Return the sheets that come when the page is printed."""
    command = ["pdftotext", "-bbox", "-", "-"]
    found = subprocess.run(
        command, input=_pdf(driver, engine, paper), capture_output=True, check=True
    )
    return [
        _sheet(float(width), float(height), WORD.findall(words))
        for width, height, words in PAGE.findall(found.stdout.decode())
    ]


def picture(driver, engine, paper="A4"):
    """Return what the first sheet looks like, to be compared with another."""
    command = ["pdftoppm", "-r", "50", "-l", "1", "-png", "-"]
    drawn = subprocess.run(
        command, input=_pdf(driver, engine, paper), capture_output=True, check=True
    )
    return Image.open(io.BytesIO(drawn.stdout)).convert("RGB")


def _pdf(driver, engine, paper):
    options = PrintOptions()
    options.page_width, options.page_height = PAPERS[paper]
    for side in ("top", "bottom", "left", "right"):
        setattr(options, f"margin_{side}", OWN_MARGINS[engine])
    return base64.b64decode(driver.print_page(options))


def _sheet(width, height, words):
    across = max((float(word[1]) for word in words), default=0)
    down = max((float(word[2]) for word in words), default=0)
    return Sheet(_lines(words), down / height, across / width)


def _lines(words):
    """Return the words in lines: those that share more than half of their height."""
    lines, below = [], 0
    for start, _across, end, text in sorted(words, key=lambda word: float(word[2])):
        if float(start) > below - 3 or not lines:
            lines.append([])
        below = float(end)
        lines[-1].append(unescape(text))
    return lines
