"""What browsers and links carry for us is read in one place, whatever made it."""

import ast
from pathlib import Path

import pytest

from accounts.signed_values import read_signed_value, sign_value
from tests.rooms import FOLDERS

ROOT = Path(__file__).parents[2]


def test_a_value_comes_back():
    assert read_signed_value(sign_value({"a": 1}, salt="s"), dict, salt="s") == {"a": 1}


@pytest.mark.parametrize(
    "parse",
    [
        lambda held: held["missing"],
        lambda held: held[0],
        lambda held: int(held["a"]),
        lambda held: [*held["b"]],
    ],
    ids=["other names", "no list", "another type", "nothing to unpack"],
)
def test_a_value_of_another_release_counts_as_none(parse):
    text = sign_value({"a": "x", "b": 1}, salt="s")
    assert read_signed_value(text, parse, salt="s") is None


@pytest.mark.parametrize("text", ["", "x", "a:b:c"])
def test_a_text_that_was_altered_counts_as_none(text):
    assert read_signed_value(text, dict, salt="s") is None


def test_signed_values_are_read_nowhere_else():
    """Whoever reads one by themselves has to think of earlier releases by themselves."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for room in FOLDERS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"loads", "unsign", "unsign_object"}
        and isinstance(node.value, ast.Name)
        and "sign" in node.value.id.lower()
    }
    assert readers == {"accounts/signed_values.py"}
