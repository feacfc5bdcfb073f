"""Superscript and subscript in plain text."""

import pytest

from course.raised import subscript, superscript


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("9", "⁹"),
        ("-3", "⁻³"),
        ("−12", "⁻¹²"),
        ("2+", "²⁺"),
        ("n", "ⁿ"),
        ("A", "^A"),
        ("a/b", "^(a/b)"),
        ("½", "^½"),
        ("th", "th"),
        ("™", "™"),
        (" 9 ", " ⁹ "),
        ("", ""),
    ],
)
def test_raised_text_keeps_what_it_means(text, raised):
    assert superscript(text) == raised


@pytest.mark.parametrize(
    ("text", "lowered"),
    [("2", "₂"), ("max", "ₘₐₓ"), ("1c", "_1c"), ("A B", "_(A B)"), (" ", " ")],
)
def test_lowered_text_keeps_what_it_means(text, lowered):
    assert subscript(text) == lowered
