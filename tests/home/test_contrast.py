"""Contrast of the colour pairs the site uses, as WCAG 2.2 counts it."""

import re

import pytest

from home.rules.css_tree import parse_css
from home.rules.stylesheet import SOURCES

GROUNDS = ("page", "surface", "sunken", "tint", "caution", "good-tint", "bad-tint")
TEXT_ON_GROUNDS = ("ink", "link", "link-hover", "link-visited", "link-active")
# The light falls on the floor in front of the door, and the words lie on it.
LIT = "glow"
TEXT_PAIRS = [
    *((text, ground) for text in TEXT_ON_GROUNDS for ground in (*GROUNDS, LIT)),
    *(("ink-soft", ground) for ground in ("page", "surface", "sunken", "tint", LIT)),
    *(("bad", ground) for ground in ("page", "surface", "bad-tint")),
    *(("good", ground) for ground in ("page", "surface", "good-tint")),
    *(("on-brand", ground) for ground in ("brand", "night")),
    *(("on-action", f"action{state}") for state in ("", "-hover", "-active")),
    *(("on-brand", f"alarm{state}") for state in ("", "-hover", "-active")),
    *((text, "wall") for text in ("on-wall", "on-wall-soft", "highlight")),
    *(("ink", drawn) for drawn in ("skin", "fat")),
    ("link", "tint-strong"),
    ("on-highlight", "highlight"),
    *((f"on-{ground}", ground) for ground in ("good-tint", "caution")),
    *(("on-caution", ground) for ground in ("page", "surface")),
]
SHAPE_PAIRS = [
    *(("line-input", ground) for ground in ("page", "surface", "tint")),
    *(("brand-line", ground) for ground in ("page", "surface", "sunken", "tint")),
    *(("good", ground) for ground in ("page", "good-tint")),
    *(("bad", ground) for ground in ("page", "bad-tint")),
    # How far a door stands open, the ring of what has focus, and the mark of the site.
    *(("highlight", ground) for ground in ("leaf", "on-highlight")),
    *((shape, "wall") for shape in ("mark", "highlight")),
    # What drawings of skin show: outlines, hairs and cells.
    *((shape, "skin") for shape in ("art", "ink", "immune")),
    *(("art", drawn) for drawn in ("sheath", "fat")),
]


def schemes():
    light, dark, *_ = parse_css((SOURCES / "10-tokens.css").read_text(encoding="utf-8"))
    colours = dict(light.declarations)
    return {"light": colours, "dark": colours | dict(dark.rules[0].declarations)}


def much():
    """Return the colours of each scheme for who asks for more contrast."""
    light, dark = [
        dict(rule.declarations)
        for sheet in parse_css((SOURCES / "15-reading.css").read_text(encoding="utf-8"))
        for rule in (sheet.rules or [sheet])
        if "contrast" in rule.prelude
    ]
    by_scheme = schemes()
    return {"light": by_scheme["light"] | light, "dark": by_scheme["dark"] | dark}


def luminance(colour):
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(part, 16) / 255 for part in re.findall("..", digits)]
    linear = [
        x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts
    ]
    return sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def contrasts(colours, pairs):
    """Return how well each of these pairs can be told apart."""
    return {
        (upper, ground): contrast(colours[f"--app-{upper}"], colours[f"--app-{ground}"])
        for upper, ground in pairs
    }


def below(limit, ratios):
    return {pair: ratio for pair, ratio in ratios.items() if ratio < limit}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme):
    assert below(4.5, contrasts(schemes()[scheme], TEXT_PAIRS)) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_leaves_no_pair_with_less(scheme):
    usual = contrasts(schemes()[scheme], TEXT_PAIRS)
    more = contrasts(much()[scheme], TEXT_PAIRS)
    assert [pair for pair in more if more[pair] < min(usual[pair], 4.5)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_makes_words_on_usual_grounds_easy_to_read(scheme):
    words = [
        (text, ground)
        for text, ground in TEXT_PAIRS
        if text.startswith(("ink", "link")) and ground in ("page", "surface", "sunken")
    ]
    assert below(7, contrasts(much()[scheme], words)) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_that_mean_something_can_be_seen(scheme):
    assert below(3, contrasts(schemes()[scheme], SHAPE_PAIRS)) == {}
