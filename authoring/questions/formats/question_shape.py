"""The interface for reading and writing answers in Moodle XML and GIFT."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from xml.etree.ElementTree import Element  # Only the type.

from authoring.questions.rules.items import ExchangedItem, ExchangedOption


@dataclass(frozen=True)
class ReadAnswers:
    """The answers read from a file: the kind of question and its options.

    `feedback` comes from a right answer. It is used if the question itself has none.
    """

    kind: str
    options: tuple[ExchangedOption, ...]
    tolerance: str = ""
    unit: str = ""
    feedback: str = ""


class QuestionReader(Protocol):
    """Reads the texts of one question and collects what cannot be kept in `lost`.

    `tagged_kind` and `tagged_unit` come from the question's tags, and may be "".
    """

    lost: list[tuple[str, str]]
    tagged_kind: str
    tagged_unit: str

    def text(self, source: Any, form: str = "") -> str:
        """Return the plain text of a source. Its format defaults to the question's."""


class QuestionShape(ABC):
    """Reads and writes one shape of question (`QuestionKind.shape`) in every format."""

    moodle_types: ClassVar[tuple[str, ...]]
    """The Moodle question types that have this shape."""
    moodle_parts: ClassVar[frozenset[str]] = frozenset()
    """Elements that are read in addition to those that all types have."""

    @abstractmethod
    def moodle_type(self, item: ExchangedItem) -> str:
        """Return Moodle's type for the question."""

    @abstractmethod
    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        """Add the settings and the answers to the question's element."""

    @abstractmethod
    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        """Return the answers in the element. Raises UnreadableQuestion."""

    @abstractmethod
    def write_gift(self, item: ExchangedItem) -> str:
        """Return the content of the braces, without the feedback on the question."""

    @abstractmethod
    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        """Return the answers in the braces, or None if they have another shape.

        Raises UnreadableQuestion.
        """

    def tags(self, item: ExchangedItem) -> list[str]:
        """Return tags that are needed to read the question back as the same kind."""
        return []

    def is_unsayable(self, item: ExchangedItem) -> bool:
        """Return whether Moodle cannot express the question, which is then left out."""
        return False

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        """Yield what is lost in Moodle with any format."""
        return iter(())

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        """Yield what is lost in GIFT only."""
        return iter(())
