"""What the kinds of question share in reading a posted answer. Pure."""

from collections.abc import Collection, Iterator
from typing import Protocol

from quizzes.paper import Question


class Posted(Protocol):
    """What a form posted, by field name."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


class UnusableAnswer(Exception):
    """The answer cannot be read. The message, in English, says what to do."""


class UnknownOption(Exception):
    """The answer names an option that the question does not have."""


def collect_for_translation(text: str) -> str:
    """Return the text as it is: it is translated where it is shown."""
    return text


def chosen(posted: Posted, question: Question) -> tuple[str, ...]:
    """Return the option ids that were ticked, in the question's own order.

    Raises UnknownOption when one of them is not the question's.
    """
    ticked = posted.getlist("choice")
    require_own(ticked, question)
    return tuple(option.id for option in question.options if option.id in ticked)


def require_own(ids: Collection[str], question: Question) -> None:
    """Raise UnknownOption unless all ids are options of the question."""
    if not set(ids) <= {option.id for option in question.options}:
        raise UnknownOption


def key_of(question: Question) -> frozenset[str]:
    """Return the ids of the right options."""
    return frozenset(option.id for option in question.options if option.right)
