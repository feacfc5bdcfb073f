"""Who is asked again after a change for safety. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Answered:
    """An answer, when its quiz was begun, and whether it is marked right.

    A quiz asks in the words that were live when it was begun.
    """

    question: str
    begun: datetime
    is_right: bool


def is_due(
    question: str, given: Sequence[Answered], *, finished: datetime, changed: datetime
) -> bool:
    """Return whether somebody who finished the lesson is asked the question again.

    Asked are those who knew the lesson as it was: who had finished it, or begun its
    quiz, before it changed. What ends it is a right answer to the changed lesson, and
    of several such answers the newest counts. `given` holds the answers to the lesson
    in their order.
    """
    if finished >= changed and all(answer.begun >= changed for answer in given):
        return False
    since = [a for a in given if a.question == question and a.begun >= changed]
    return not (since and since[-1].is_right)
