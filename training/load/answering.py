"""How made-up people answer: the able more often rightly, the hard more seldom. Pure.

The chance of a right answer follows the Rasch model, 1 / (1 + e^(difficulty - ability)),
so that statistics over the answers look like those of real quizzes.
"""

import math
import random
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.marking import Marks, is_passed, mark
from quizzes.paper import Paper, Question, Response

MOST_TRIES = 4


@dataclass(frozen=True)
class Sat:
    """One go at a paper: what was asked, what was answered and what came of it."""

    asked: tuple[str, ...]
    responses: dict[str, Response]
    marks: Marks


def difficulty(question: Question) -> float:
    """Return how hard the question is, from -2.2 to 0.8, always the same."""
    return zlib.crc32(question.key.encode()) % 3001 / 1000 - 2.2


def respond(rng: random.Random, question: Question, ability: float) -> Response:
    """Return what somebody of this ability answers."""
    knows = 1 / (1 + math.exp(difficulty(question) - ability))
    drawn = rng.random()
    if drawn < knows:
        return Response(_right(question))
    if drawn > 1 - (1 - knows) / 5:
        return Response(not_sure=True)
    return Response(_wrong(rng, question))


def _right(question: Question) -> tuple[str, ...]:
    if question.kind == "ordering":
        return tuple(option.id for option in question.options)
    return tuple(option.id for option in question.options if option.right)


def _wrong(rng: random.Random, question: Question) -> tuple[str, ...]:
    right = _right(question)
    if question.kind == "ordering":
        place = rng.randrange(len(right) - 1)
        swapped = right[place + 1], right[place]
        return (*right[:place], *swapped, *right[place + 2 :])
    others = [option.id for option in question.options if not option.right]
    # The first wrong option lures twice as many as any other.
    lure = rng.choice([others[0], *others])
    if question.kind == "multiple_response":
        chosen = {*right[:-1], lure}
        return tuple(option.id for option in question.options if option.id in chosen)
    return (lure,)


def sit(
    rng: random.Random, paper: Paper, ability: float, asked: Iterable[str] | None = None
) -> Sat:
    """Return a go at all questions, or at those asked."""
    keys = tuple(paper.keys if asked is None else asked)
    responses = {key: respond(rng, paper.question(key), ability) for key in keys}
    return Sat(keys, responses, mark(paper, keys, responses))


def sit_until_passed(rng: random.Random, paper: Paper, ability: float) -> list[Sat]:
    """Return a go at all questions and then at those missed, until it is passed.

    Feedback teaches: each further go is easier, and the last one is all right.
    """
    goes = [sit(rng, paper, ability)]
    right = set(goes[0].marks.right)
    while not is_passed(paper, right):
        missed = [key for key in paper.keys if key not in right]
        last = len(goes) + 1 >= MOST_TRIES
        goes.append(sit(rng, paper, 99 if last else ability + len(goes), missed))
        right |= set(goes[-1].marks.right)
    return goes
