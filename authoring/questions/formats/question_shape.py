"""What the answers of a question look like in Moodle XML and in GIFT."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from xml.etree.ElementTree import Element  # Only the type.

from authoring.questions.rules.items import ExchangedItem, ExchangedOption


@dataclass(frozen=True)
class ReadAnswers:
    """What the answers in a file say: the kind of the question and its options.

    `feedback` stands with a right answer, and is the question's where that has none.
    """

    kind: str
    options: tuple[ExchangedOption, ...]
    tolerance: str = ""
    unit: str = ""
    feedback: str = ""


class QuestionReader(Protocol):
    """Reads the texts of one question; `lost` gathers what cannot be kept.

    `tagged_kind` and `tagged_unit` are what the question's tags name, or "".
    """

    lost: list[tuple[str, str]]
    tagged_kind: str
    tagged_unit: str

    def text(self, source: Any, form: str = "") -> str:
        """Return the words of a source, in the question's own format by default."""


class QuestionShape(ABC):
    """Writes and reads one shape of question (`QuestionKind.shape`) in every format."""

    moodle_types: ClassVar[tuple[str, ...]]
    """The types of Moodle's questions that have this shape."""
    moodle_parts: ClassVar[frozenset[str]] = frozenset()
    """The elements of such a question that are read, besides those of every type."""

    @abstractmethod
    def moodle_type(self, item: ExchangedItem) -> str:
        """Return the type that Moodle has for the question."""

    @abstractmethod
    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        """Add the settings and the answers to the question's element."""

    @abstractmethod
    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        """Return what the element's answers say. Raises UnreadableQuestion."""

    @abstractmethod
    def write_gift(self, item: ExchangedItem) -> str:
        """Return what stands in the braces, without the feedback on the question."""

    @abstractmethod
    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        """Return what stands in the braces; None if it is of another shape.

        Raises UnreadableQuestion.
        """

    def tags(self, item: ExchangedItem) -> list[str]:
        """Return tags without which the question would come back as another kind."""
        return []

    def is_unsayable(self, item: ExchangedItem) -> bool:
        """Return whether Moodle has no way to ask the question: it is left out."""
        return False

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        """Yield what is lost in Moodle, whichever format takes the question there."""
        return iter(())

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        """Yield what is lost in GIFT alone."""
        return iter(())
