"""The signs of GIFT: what a backslash escapes, and how answers are parted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authoring.questions.rules.items import tidy_text

_SIGNS = re.compile(r"[\\~=#{}:]")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
# What is escaped is stepped over: its sign begins no answer.
_ANSWER = re.compile(r"\\.|([~=])((?>\\.|[^\\~=])*)", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_PART = re.compile(r"(?>\\.|[^\\#])*", re.DOTALL)

ARROW = "->"
"""Parts what belongs together in a pair; a backslash does not escape it."""
ARROW_LOST = gettext_lazy(
    "“->” within a text is written as “→”: GIFT parts pairs by it"
)


class UnreadableQuestion(Exception):
    """The message says what to fix in the question."""


class LeftOut(Exception):
    """The message names what the question is."""


@dataclass(frozen=True)
class GiftAnswer:
    """An answer in the braces: “=” or “~”, what it is worth in per cent, and the rest."""

    sign: str
    weight: float
    text: str


def escape_gift(text: str) -> str:
    """Return the text so that GIFT takes none of it for a sign."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def without_arrow(text: str) -> str:
    """Return the text, escaped, so that GIFT takes it for no pair."""
    return escape_gift(text.replace(ARROW, "→"))


def unescape_gift(source: str) -> str:
    """Return the text that stands in a GIFT file."""
    return tidy_text(
        _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], tidy_text(source))
    )


def answers_in(source: str) -> list[GiftAnswer]:
    """Return the answers. Raises UnreadableQuestion for what begins without a sign."""
    found = [_answer(match) for match in _answer_matches(source)]
    if not found or source.strip()[0] not in "~=":
        raise UnreadableQuestion(
            _("Start a right answer with “=” and a wrong answer with “~”.")
        )
    return found


def signs_in(source: str) -> set[str]:
    """Return with which signs the answers begin."""
    return {match[1] for match in _answer_matches(source)}


def _answer_matches(source: str) -> Iterator[re.Match[str]]:
    return (match for match in _ANSWER.finditer(source) if match[1])


def _answer(match: re.Match[str]) -> GiftAnswer:
    sign, text = match[1], match[2]
    if weight := _WEIGHT.match(text):
        return GiftAnswer(sign, float(weight[1]), text[weight.end() :])
    return GiftAnswer(sign, 100.0 if sign == "=" else 0.0, text)


def split_feedback(source: str) -> tuple[str, str]:
    """Return what stands before the first sign for feedback, and the feedback."""
    text = _PART.match(source)[0]
    return text, source[len(text) + 1 :]
