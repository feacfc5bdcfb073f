"""How far somebody gets who guesses by wording and has read nothing. Pure.

A quiz that such a guess passes does not test what it teaches. Each strategy picks an
option by one cue in its text; if several options are equal, each is picked as often.
Only questions with one right option among several count.
"""

# ruff: noqa: RUF001 -- texts have typographic apostrophes.

import re
from collections.abc import Callable, Iterable

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenQuestion

LIMIT = 0.45
"""The largest share of questions that one strategy may get right over a course."""
FEWEST_QUESTIONS = 10
"""With fewer questions, a share says too little."""

_HEDGES = re.compile(
    r"\b(may|might|can|could|some|often|mostly|mainly|likely|perhaps|about|probably|few"
    r"|seems?|tends?|possibl[ey]|at times|now and then|depends|unless|in part)\b",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(not|no|nobody|none|nothing|neither|cannot|never|without|unknown|unsure|unclear"
    r"|unproven|little|few|doubts?|wait|\w+n[’']t)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"\b(always|never|all|every|everyone|everybody|any|only|must|whole|wholly|best"
    r"|completely|entirely|exactly|nothing|nobody|none|at once|for good)\b",
    re.IGNORECASE,
)


def _count(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda text: len(pattern.findall(text))


_CUES: dict[str, Callable[[str], int]] = {
    "longest": len,
    "most_hedged": _count(_HEDGES),
    "most_sceptical": _count(_DOUBTS),
    "fewest_absolute_words": lambda text: -len(_ABSOLUTES.findall(text)),
    "most_absolute_words": _count(_ABSOLUTES),
}


def shares_right(questions: Iterable[FrozenQuestion]) -> dict[str, float]:
    """Return strategy → the share of questions that it gets right, from 0 to 1.

    It is empty if fewer than FEWEST_QUESTIONS can be guessed.
    """
    guessed = [q for q in questions if q.kind and kind_of(q).has_one_right_option]
    if len(guessed) < FEWEST_QUESTIONS:
        return {}
    return {
        name: sum(_chance(question, cue) for question in guessed) / len(guessed)
        for name, cue in _CUES.items()
    }


def strategies_that_pass(questions: Iterable[FrozenQuestion]) -> dict[str, float]:
    """Return the strategies that get more than LIMIT right, with their shares."""
    shares = shares_right(questions)
    return {name: share for name, share in shares.items() if share > LIMIT}


def _chance(question: FrozenQuestion, cue: Callable[[str], int]) -> float:
    strengths = [cue(option.text) for option in question.options]
    picked = [
        option
        for option, strength in zip(question.options, strengths, strict=True)
        if strength == max(strengths)
    ]
    return sum(option.right for option in picked) / len(picked)
