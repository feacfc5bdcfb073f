"""How made-up people answer: the able more often rightly, the hard more seldom. Pure.

The chance of a right answer follows the Rasch model, 1 / (1 + e^(difficulty - ability)),
so that statistics over the answers look like those of real quizzes.
"""

import math
import random
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.kinds import kind_of
from quizzes.rules.marking import Marks, is_passed, mark_paper
from quizzes.rules.paper import FrozenPaper, FrozenQuestion, Response

MOST_TRIES = 4


@dataclass(frozen=True)
class Sat:
    """One go at a paper: what was asked, what was answered and what came of it."""

    asked: tuple[str, ...]
    responses: dict[str, Response]
    marks: Marks


def difficulty(question: FrozenQuestion) -> float:
    """Return how hard the question is, from -2.2 to 0.8, always the same."""
    return zlib.crc32(question.key.encode()) % 3001 / 1000 - 2.2


def respond(rng: random.Random, question: FrozenQuestion, ability: float) -> Response:
    """Return what somebody of this ability answers."""
    knows = 1 / (1 + math.exp(difficulty(question) - ability))
    drawn = rng.random()
    if drawn < knows:
        return kind_of(question).right_response(question)
    if drawn > 1 - (1 - knows) / 5:
        return Response(not_sure=True)
    return _wrong(rng, question)


def _wrong(rng: random.Random, question: FrozenQuestion) -> Response:
    """Return a wrong answer; the most tempting one twice as often as any other."""
    wrong = kind_of(question).wrong_responses(question)
    return rng.choice([wrong[0], *wrong])


def sit(
    rng: random.Random,
    paper: FrozenPaper,
    ability: float,
    asked: Iterable[str] | None = None,
) -> Sat:
    """Return a go at all questions, or at those asked."""
    keys = tuple(paper.keys if asked is None else asked)
    responses = {key: respond(rng, paper.question(key), ability) for key in keys}
    return Sat(keys, responses, mark_paper(paper, keys, responses))


def sit_until_passed(
    rng: random.Random, paper: FrozenPaper, ability: float
) -> list[Sat]:
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
