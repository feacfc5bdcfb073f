"""The content of an article, whatever its file format. Pure.

Readers return a list of `Element`; `shaping` finds sections and FAQ pairs in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from course.rules.prose import split_line


class Certainty(StrEnum):
    """How certain the reader is: sure from markup, likely from the look, or a guess."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True)
class Words:
    """A run of text: plain, and as HTML with the few tags that lessons keep.

    A line break in `text` ends a sentence.
    """

    text: str
    html: str


@dataclass(frozen=True)
class Paragraph:
    words: Words

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.words.text.splitlines())


@dataclass(frozen=True)
class ArticleItem(Words):
    """A list item. `depth` counts the lists it is nested in.

    `ordered` is None if the item is ordered as its list is.
    """

    depth: int = 0
    ordered: bool | None = None


@dataclass(frozen=True)
class ListBlock:
    """A list. Items of nested lists come after the item that they belong to."""

    items: tuple[ArticleItem, ...]
    ordered: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for item in self.items for line in item.text.splitlines())


@dataclass(frozen=True)
class ArticleTable:
    """Rows of equal length. The first row holds the column headings."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(cell for row in self.rows for cell in row if cell)


@dataclass(frozen=True)
class Picture:
    """A picture in the article. Only its description is imported."""

    alt: str
    source: str

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.alt,) if self.alt else ()


Block = Paragraph | ListBlock | ArticleTable | Picture


@dataclass(frozen=True)
class ArticleHeading:
    """A heading, level 1 to 6. A button outside of headings has level 7.

    `opens` says that it is a button which opens the text below it.
    """

    level: int
    text: str
    certainty: Certainty = Certainty.SURE
    opens: bool = False


@dataclass(frozen=True)
class FoundElements:
    """What a reader found in a file, with notes on what it could not keep.

    `title` is blank if the file gives no title apart from its headings. `declared` are
    the questions that the file names as such apart from its text, with their answers.
    `language` is the code that the file gives, or "".
    """

    elements: "list[Element]"
    notes: tuple[str, ...] = ()
    title: str = ""
    declared: "tuple[FaqPair, ...]" = ()
    language: str = ""


@dataclass(frozen=True)
class FaqPair:
    """A question and its answer that the markup puts together.

    It is sure if the markup names it a question, and likely if it may be a term with
    its definition.
    """

    question: str
    answer: tuple[Block, ...]
    certainty: Certainty = Certainty.LIKELY


@dataclass(frozen=True)
class Aside:
    """Something around the article, such as a menu."""

    blocks: tuple[Block, ...]


Element = ArticleHeading | FaqPair | Aside | Block


@dataclass(frozen=True)
class ArticleSection:
    """A heading and the blocks below it. `set_aside` says why it is boilerplate."""

    id: str
    heading: str
    level: int
    blocks: tuple[Block, ...]
    certainty: Certainty
    set_aside: str = ""


@dataclass(frozen=True)
class ArticleFaq:
    """A question that the article asks and answers; the answer may be empty."""

    id: str
    question: str
    answer: tuple[Block, ...]
    certainty: Certainty


@dataclass(frozen=True)
class Document:
    """An article. `warnings` are English sentences for the author.

    `language` is a code such as “es”, or "" if the language is not known.
    """

    title: str
    sections: tuple[ArticleSection, ...]
    faq: tuple[ArticleFaq, ...]
    warnings: tuple[str, ...]
    language: str = ""


def sentences_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the sentences of the blocks, in order and unchanged."""
    return tuple(
        sentence
        for block in blocks
        for line in block.lines
        for sentence in split_line(line)
    )


def sentences_of_faq(entry: ArticleFaq) -> tuple[str, ...]:
    """Return the sentences of the question and of its answer, in order."""
    return (*split_line(entry.question), *sentences_of(entry.answer))
