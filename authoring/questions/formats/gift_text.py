"""The special characters of GIFT: escaping, and splitting answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authoring.questions.rules.items import tidy_text

_SIGNS = re.compile(r"[\\~=#{}:]")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
# Skip escaped characters, which do not start an answer.
_ANSWER = re.compile(r"\\.|([~=])((?>\\.|[^\\~=])*)", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_PART = re.compile(r"(?>\\.|[^\\#])*", re.DOTALL)

ARROW = "->"
"""Separates the two parts of a pair. It cannot be escaped."""
ARROW_LOST = gettext_lazy(
    "“->” in a text is written as “→”, because GIFT separates pairs with “->”"
)


class UnreadableQuestion(Exception):
    """The question cannot be read. The message says what to fix."""


class LeftOut(Exception):
    """The question is of a kind that is not supported, which the message names."""


@dataclass(frozen=True)
class GiftAnswer:
    """An answer in the braces: its sign (“=” or “~”), weight in per cent, and text."""

    sign: str
    weight: float
    text: str


def escape_gift(text: str) -> str:
    """Return the text with all special characters of GIFT escaped."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def without_arrow(text: str) -> str:
    """Return the text escaped, and without arrows, which would make it a pair."""
    return escape_gift(text.replace(ARROW, "→"))


def unescape_gift(source: str) -> str:
    """Return the text that an escaped source stands for."""
    return tidy_text(
        _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], tidy_text(source))
    )


def answers_in(source: str) -> list[GiftAnswer]:
    """Return the answers. Raises UnreadableQuestion if the first has no sign."""
    found = [_answer(match) for match in _answer_matches(source)]
    if not found or source.strip()[0] not in "~=":
        raise UnreadableQuestion(
            _("Start a right answer with “=” and a wrong answer with “~”.")
        )
    return found


def signs_in(source: str) -> set[str]:
    """Return the signs that the answers start with."""
    return {match[1] for match in _answer_matches(source)}


def _answer_matches(source: str) -> Iterator[re.Match[str]]:
    return (match for match in _ANSWER.finditer(source) if match[1])


def _answer(match: re.Match[str]) -> GiftAnswer:
    sign, text = match[1], match[2]
    if weight := _WEIGHT.match(text):
        return GiftAnswer(sign, float(weight[1]), text[weight.end() :])
    return GiftAnswer(sign, 100.0 if sign == "=" else 0.0, text)


def split_feedback(source: str) -> tuple[str, str]:
    """Return the text before the first “#”, and the feedback after it."""
    text = _PART.match(source)[0]
    return text, source[len(text) + 1 :]
