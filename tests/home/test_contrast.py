"""Contrast of the colour pairs the site uses, as WCAG 2.2 counts it."""

import re

import pytest

from home.rules.css_tree import parse_css
from home.rules.stylesheet import SOURCES

GROUNDS = ("page", "surface", "sunken", "tint", "caution", "good-tint", "bad-tint")
TEXT_ON_GROUNDS = ("ink", "link", "link-hover", "link-visited", "link-active")
TEXT_PAIRS = [
    *((text, ground) for text in TEXT_ON_GROUNDS for ground in GROUNDS),
    *(("ink-soft", ground) for ground in ("page", "surface", "sunken")),
    *(("bad", ground) for ground in ("page", "surface", "bad-tint")),
    *(("good", ground) for ground in ("page", "surface", "good-tint")),
    *(("on-brand", ground) for ground in ("brand", "night")),
    *(("on-brand", f"action{state}") for state in ("", "-hover", "-active")),
    *(("on-brand", f"alarm{state}") for state in ("", "-hover", "-active")),
    ("link", "tint-strong"),
    ("on-highlight", "highlight"),
    *((f"on-{ground}", ground) for ground in ("good-tint", "bad-tint", "caution")),
]
SHAPE_PAIRS = [
    *(("line-input", ground) for ground in ("page", "surface", "tint")),
    *(("brand-line", ground) for ground in ("page", "surface", "sunken", "tint")),
    *(("good", ground) for ground in ("page", "good-tint")),
    *(("bad", ground) for ground in ("page", "bad-tint")),
]


def schemes():
    light, dark, *_ = parse_css((SOURCES / "10-tokens.css").read_text(encoding="utf-8"))
    colours = dict(light.declarations)
    return {"light": colours, "dark": colours | dict(dark.rules[0].declarations)}


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme, text, ground):
    colours = schemes()[scheme]

    assert contrast(colours[f"--app-{text}"], colours[f"--app-{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_that_mean_something_can_be_seen(scheme, shape, ground):
    colours = schemes()[scheme]

    assert contrast(colours[f"--app-{shape}"], colours[f"--app-{ground}"]) >= 3
