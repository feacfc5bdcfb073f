"""Decide who is asked again after a change for safety. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Answered:
    """An answer, when its quiz was started, and whether it was right.

    A quiz has the wording that was live when it was started.
    """

    question: str
    begun: datetime
    is_right: bool


def is_due(
    question: str, given: Sequence[Answered], *, finished: datetime, changed: datetime
) -> bool:
    """Return whether somebody who finished the lesson is asked the question again.

    People are asked if they had finished the lesson or started its quiz before it
    changed, until they give a right answer to the changed lesson. If they answer
    several times, the newest answer counts. `given` holds the answers to the lesson in
    order.
    """
    if finished >= changed and all(answer.begun >= changed for answer in given):
        return False
    since = [a for a in given if a.question == question and a.begun >= changed]
    return not (since and since[-1].is_right)
