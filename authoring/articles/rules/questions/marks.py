"""Recognise a question by its marks and its first words, in every script. Pure."""

# ruff: noqa: RUF001 -- question marks of other scripts look like other signs.

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

_MARKS = "?؟？⸮﹖⁇⁈‽፧꘏꛷՞"
_CLOSING = re.compile(r"[\s*_\"'”’»«›)\]}!.…⁰¹²³⁴-⁹]+\Z")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_MARKS = ";\u037e"
_NUMBER = re.compile(
    r"\A\s*(?:#?\(?\d{1,3}(?:\.\d{1,2}){0,2}[.):–-]+|[-•▸►▾▼+]|[①-⑳])\s*(?=\S)"
)
# Letters that Unicode does not split into a plain letter and an accent.
_PLAIN_FORMS = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ـ": None}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "’": "'", "‑": "-"}
)


@cache
def question_words() -> dict[str, list[str]]:
    """Return list name → its entries, folded, from `words.yaml`."""
    text = Path(__file__).with_name("words.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    return {name: list(map(fold_text, entries)) for name, entries in held.items()}


def fold_text(text: str) -> str:
    """Return the text without accents, capitals and extra spaces, for comparison.

    Forms of the same Arabic letter become one letter.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN_FORMS).casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.translate(_PLAIN_FORMS).split())


def is_question(text: str) -> bool:
    """Return whether the text ends with a question mark of any script.

    Greek ends a question with a semicolon; Armenian puts the mark inside a word.
    """
    bare = _CLOSING.sub("", text)
    if bare.endswith(tuple(_MARKS)) or "՞" in bare:
        return True
    if bare.endswith(tuple(_GREEK_MARKS)):
        return bool(_GREEK.search(bare))
    return bare.lstrip(' *_"“«').startswith("¿") and len(bare.split()) <= 20


def asks_something(text: str) -> bool:
    """Return whether the text ends or begins like a question."""
    return is_question(text) or bool(_starts().match(fold_text(without_number(text))))


def without_number(text: str) -> str:
    """Return the text without the number or sign that it starts with."""
    return _NUMBER.sub("", text).strip()


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(question_words()['starts'])})(?!\w)")
