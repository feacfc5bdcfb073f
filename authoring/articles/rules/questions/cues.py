"""What may be a question: a heading, a bold line, a numbered line, a label. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from authoring.articles.rules import labels
from authoring.articles.rules.document import (
    ArticleHeading,
    Block,
    Certainty,
    Element,
    FaqPair,
    ListBlock,
    Paragraph,
    Words,
)
from authoring.articles.rules.questions.headings import is_rhetorical
from authoring.articles.rules.questions.lines import (
    SplitLine,
    split_after_bold,
    split_after_line,
)
from authoring.articles.rules.questions.marks import (
    asks_something,
    is_question,
    without_number,
)


class Style(StrEnum):
    """How a question stands out from the text around it."""

    MARKUP = "markup"
    LABEL = "label"
    HEADING = "heading"
    BOLD = "bold"
    NUMBER = "number"
    LINE = "line"


@dataclass(frozen=True)
class Cue:
    """Words that may be a question. `answer` is what the same element says after them.

    `level` is that of a heading, otherwise 0. A `certain` cue needs no other cue.
    """

    style: Style
    words: str
    answer: tuple[Block, ...] = ()
    level: int = 0
    certain: bool = False

    @property
    def question(self) -> str:
        """The words without a number or a label."""
        bare = without_number(self.words)
        return labels.after_question_label(bare) or bare

    @property
    def has_mark(self) -> bool:
        return is_question(self.words) and not is_rhetorical(self.question)

    @property
    def asks(self) -> bool:
        """Whether the words end or begin like a question that wants an answer."""
        return asks_something(self.question) and not is_rhetorical(self.question)


def cue_of(element: Element) -> Cue | None:
    """Return what may be a question in the element, or None."""
    if isinstance(element, ArticleHeading):
        return Cue(Style.HEADING, element.text, (), element.level, element.opens)
    if isinstance(element, FaqPair):
        is_sure = element.certainty == Certainty.SURE
        return Cue(Style.MARKUP, element.question, element.answer, certain=is_sure)
    if isinstance(element, Paragraph):
        return _of_paragraph(element.words)
    return _of_one_item(element) if isinstance(element, ListBlock) else None


def _of_paragraph(words: Words) -> Cue | None:
    first, _, _rest = words.text.partition("\n")
    if labels.after_question_label(first) is not None:
        return Cue(Style.LABEL, *_with_answer(_labelled(words)))
    bold = split_after_bold(words)
    if bold and (is_question(bold.first) or not bold.rest):
        return Cue(Style.BOLD, *_with_answer(bold))
    line = split_after_line(words)
    return Cue(Style.LINE, *_with_answer(line)) if line else None


def _labelled(words: Words) -> SplitLine:
    if line := split_after_line(words):
        return line
    first, _, rest = words.text.partition("\n")
    return SplitLine(first, Paragraph(Words(rest, rest)) if rest else None)


def _with_answer(split: SplitLine) -> tuple[str, tuple[Block, ...]]:
    return split.first, (split.rest,) if split.rest else ()


def _of_one_item(block: ListBlock) -> Cue | None:
    """Return the question that a list of one item holds; its answer is below it."""
    if len(block.items) > 1 or not block.items:
        return None
    split = split_after_bold(block.items[0]) or split_after_line(block.items[0])
    if not split or not is_question(split.first):
        return None
    return Cue(Style.NUMBER, *_with_answer(split))
