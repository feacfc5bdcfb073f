"""Superscript and subscript in plain text."""

# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.rules.raised import to_subscript, to_superscript


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
        ("1, 2", "¹, ²"),
        ("th", "th"),
        ("TM", "™"),
        ("*", "*"),
        ("[1]", "[1]"),
        ("™", "™"),
        (" 9 ", " ⁹ "),
        ("", ""),
    ],
)
def test_raised_text_keeps_what_it_means(text, raised):
    assert to_superscript(text) == raised


@pytest.mark.parametrize(
    ("text", "lowered"),
    [("2", "₂"), ("max", "ₘₐₓ"), ("1c", "₁c"), ("A B", "_(A B)"), (" ", " ")],
)
def test_lowered_text_keeps_what_it_means(text, lowered):
    assert to_subscript(text) == lowered


@given(st.integers())
def test_ten_to_a_power_is_no_other_number(power):
    assert not to_superscript(str(power)).isascii()


@given(st.text())
def test_no_word_is_lost(text):
    assert bool(to_superscript(text).strip()) == bool(text.strip())
    assert bool(to_subscript(text).strip()) == bool(text.strip())
