"""The two fonts that are served, and those that stand in until they are there."""

import re

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from home.rules.css_tree import parse_css
from home.rules.stylesheet import SOURCES

FONTS = settings.BASE_DIR / "home" / "static" / "fonts"
KILOBYTES = 26


def faces():
    """Return the declarations of each @font-face."""
    sheet = (SOURCES / "05-typeface.css").read_text(encoding="utf-8")
    return [dict(rule.declarations) for rule in parse_css(sheet)]


SERVED = [face for face in faces() if "url(" in face["src"]]
NEAR = [face for face in faces() if "local(" in face["src"]]


def font_of(face):
    return FONTS / re.search(r"fonts/([\w.-]+)", face["src"])[1]


def test_both_weights_together_are_light_and_their_licence_lies_beside_them():
    weights = {face["font-weight"]: font_of(face).stat().st_size for face in SERVED}

    assert set(weights) == {"400", "700"}
    assert sum(weights.values()) <= KILOBYTES * 1000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("face", SERVED, ids=lambda face: face["font-weight"])
def test_the_browser_asks_for_a_font_only_for_letters_that_it_holds(face):
    held = set(TTFont(font_of(face)).getBestCmap())

    assert named(face["unicode-range"]) == held


def named(ranges):
    """Return the code points that a `unicode-range` names."""
    found = set()
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def percent(face, name):
    return float(face[name].removesuffix("%")) / 100


@pytest.mark.parametrize("face", NEAR, ids=lambda face: face["src"])
def test_a_line_is_as_high_before_the_font_is_there(face):
    size = percent(face, "size-adjust")

    assert size * percent(face, "ascent-override") == pytest.approx(0.984, abs=0.001)
    assert size * percent(face, "descent-override") == pytest.approx(0.316, abs=0.001)
    assert percent(face, "line-gap-override") == 0
