"""Headings that introduce questions, and questions that nobody answers. Pure."""

import re
from functools import cache

from authoring.articles.rules.questions.marks import (
    fold_text,
    question_words,
    without_number,
)

_LONGEST = 14
"""Words: a longer heading is a sentence about questions."""
_MOST_READ = 300
"""Characters that are read. The expressions take long for long text."""


def is_faq_heading(text: str) -> bool:
    """Return whether the heading introduces questions with their answers."""
    folded = fold_text(without_number(text[:_MOST_READ]))
    if len(folded.split()) > _LONGEST or _found("not_faq").search(folded):
        return False
    is_named = any(name in folded for name in _without_spaces())
    return is_named or bool(_found("faq").search(folded))


def is_rhetorical(text: str) -> bool:
    """Return whether the question is a greeting, an invitation or advertising."""
    folded = fold_text(without_number(text)).strip(" ?¿!.:;؟")
    return len(folded) < _MOST_READ and bool(_found("rhetorical").fullmatch(folded))


@cache
def _found(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(question_words()[name])})(?!\w)")


@cache
def _without_spaces() -> tuple[str, ...]:
    return tuple(question_words()["faq_anywhere"])
