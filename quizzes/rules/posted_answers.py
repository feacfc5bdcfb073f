"""Read posted answers, for all kinds of question. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from quizzes.rules.paper import FrozenQuestion


class Posted(Protocol):
    """What a form posted, by field name."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True)
class Fields:
    """What was posted under names with the same prefix, by the rest of the name.

    The controls of a question are named `<key>.<mark>.<field>`, or
    `<id>.<mark>.<field>` if it is inline.
    """

    values: dict[str, list[str]] = field(default_factory=dict)

    def getlist(self, key: str) -> list[str]:
        return self.values.get(key, [])

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    @classmethod
    def of(cls, posted: Posted, key: str) -> "Fields":
        """Return what was posted for the question with this key, with any mark."""
        names = cls.names_in(posted, key)
        own = [name for name in posted if name.startswith(names)] if names else []
        return cls({name[len(names) :]: list(posted.getlist(name)) for name in own})

    @staticmethod
    def names_in(posted: Posted, key: str) -> str:
        """Return the prefix of the names of the question's controls, or ""."""
        parts = [name.split(".", 2) for name in posted if name.startswith(f"{key}.")]
        return next((f"{key}.{p[1]}." for p in parts if len(p) == 3), "")


class UnusableAnswer(Exception):
    """The answer cannot be read. The message, in English, says what to do."""


class UnknownOption(Exception):
    """The answer refers to an option that the question does not have."""


def collect_for_translation(text: str) -> str:
    """Mark the text for translation and return it. It is translated when shown."""
    return text


def ticked_options(posted: Posted, question: FrozenQuestion) -> tuple[str, ...]:
    """Return the option ids that were ticked, in the question's order.

    Raises UnknownOption if one of them does not belong to the question.
    """
    ticked = posted.getlist("choice")
    require_own(ticked, question)
    return tuple(option.id for option in question.options if option.id in ticked)


def require_own(ids: Collection[str], question: FrozenQuestion) -> None:
    """Raise UnknownOption unless all ids are options of the question."""
    if not set(ids) <= {option.id for option in question.options}:
        raise UnknownOption


def key_of(question: FrozenQuestion) -> frozenset[str]:
    """Return the ids of the right options."""
    return frozenset(option.id for option in question.options if option.right)
