"""How many phone screens a lesson fills before anything is unfolded: an estimate. Pure.

The numbers are what Chromium shows at 360 × 740 with the site's style sheet. A browser
test compares the estimate with the page; take new numbers when the style changes.
"""

# ruff: noqa: RUF002 -- the docstring names the size of a screen.

import math
from collections.abc import Iterable
from dataclasses import dataclass

PHONE_HEIGHT = 740
"""The height of a phone's screen in px, at a width of 360 px."""
_AROUND = 1070
"""Header, footer, review status, the way to the quiz and to other lessons, in px."""


@dataclass(frozen=True)
class Shape:
    """How a kind of block fills a phone: px around it, and for each of its texts.

    `letters` fit on a line. `gap` is the space below each text.
    """

    around: int
    letters: int = 37
    line: float = 26.4
    gap: float = 6


_SHAPES = {
    "main_message": Shape(75, 25, 31, 0),
    "in_short": Shape(60, 38, 26.4, 6),
    "contents": Shape(45, 36, 26.4, 4),
    "heading": Shape(30, 26, 27, 0),
    "fold": Shape(19, 33, 23, 2),
    "text": Shape(0, 40, 26.4, 12),
    "key_terms": Shape(45, 10_000, 0, 0),
    "key_fact": Shape(60, 34),
    "care_card": Shape(95, 34),
    "table": Shape(45, 39, 20, 8),
    "options_table": Shape(20, 39, 20, 20),
    "evidence_ladder": Shape(430, 37),
    "faq": Shape(70, 33, 23, 21),
    "steps": Shape(20, 36, 26.4, 3),
    "checklist": Shape(60, 31),
    "questions_to_ask": Shape(60, 31),
    "warning": Shape(75, 33, 26.4, 8),
    "danger_signs": Shape(130, 35, 23, 6),
    "check_yourself": Shape(600, 10_000, 0, 0),
    "illustration": Shape(190, 37),
    "icon_array": Shape(330, 37),
    "image": Shape(300, 37),
}
_OTHER = Shape(70, 34)


def estimate_height(blocks: Iterable[tuple[str, list[str]]]) -> float:
    """Return the height of a page in px, given each block's kind and texts."""
    return _AROUND + sum(_height(kind, texts) for kind, texts in blocks)


def _height(kind: str, texts: list[str]) -> float:
    shape = _SHAPES.get(kind, _OTHER)
    lines = [math.ceil(len(text) / shape.letters) for text in texts]
    return shape.around + sum(n * shape.line + shape.gap for n in lines)
