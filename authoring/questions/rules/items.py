"""Questions as they are exchanged with other formats. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from quizzes import kinds
from quizzes.rules import paper as papers

SINGLE, MULTIPLE, TRUE_FALSE = "single_choice", "multiple_response", "true_false"

_SOURCE = re.compile(r"source:([A-Z]+[0-9]{1,10})\Z")
_PASSAGE = re.compile(r"answered-in:((?:#|faq:)[a-z0-9_-]{1,100})\Z")
_KIND = re.compile(r"kind:([a-z-]+)\Z")
_REVIEW_STATUS = re.compile(r"review_status:(to-check|check-wording|left-out)\Z")
_UNIT = re.compile(r"unit:([^\]\n]{1,40})\Z")
_SOURCES_LENGTH = 120
# Kinds that formats cannot tell apart by the shape of their answers.
_TAGGED = {name for name, kind in kinds.KINDS.items() if kind.shape == "choices"}


@dataclass(frozen=True)
class ExchangedOption:
    text: str
    right: bool = False
    feedback: str = ""
    match: str = ""


@dataclass(frozen=True)
class ExchangedItem:
    """A question. `key` is None if it has none yet, and `line` is where it was read.

    `changes` describes what may have changed when it was read.
    """

    kind: str
    stem: str
    options: tuple[ExchangedOption, ...]
    handle: str = ""
    key: UUID | None = None
    feedback: str = ""
    critical: bool = False
    sources: tuple[str, ...] = ()
    answered_in: str = ""
    review_status: str = ""
    tolerance: str = ""
    unit: str = ""
    line: int = field(default=0, compare=False)
    changes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def content(self) -> tuple[Any, ...]:
        """All that is asked and explained. Equal content means the same question."""
        special = (self.tolerance, self.unit)
        return self.kind, self.stem, self.options, self.feedback, special

    def frozen(self) -> papers.FrozenQuestion:
        """Return the question as a paper holds it. Its options are numbered."""
        return papers.FrozenQuestion(
            key="",
            handle=self.handle,
            kind=self.kind,
            stem=self.stem,
            critical=self.critical,
            feedback=self.feedback,
            sources=self.sources,
            answered_in=self.answered_in,
            options=tuple(
                papers.FrozenOption(str(n), o.text, o.right, o.feedback, o.match)
                for n, o in enumerate(self.options)
            ),
            tolerance=self.tolerance,
            unit=self.unit,
        )


@dataclass(frozen=True, order=True)
class FormatNote:
    """A note on a line of a file: what was left out or what to fix."""

    line: int
    text: str


@dataclass(frozen=True)
class ParsedQuestions:
    """The questions of a file, and notes on what was left out.

    `lesson_key` is the key of the lesson that they came from, if the file names it.
    """

    items: tuple[ExchangedItem, ...]
    notes: tuple[FormatNote, ...]
    lesson_key: UUID | None = None


@dataclass(frozen=True)
class WrittenQuestions:
    """The text of a file, and notes on what the format cannot hold."""

    text: str
    notes: tuple[str, ...]


class BrokenQuestionsError(Exception):
    """The file cannot be read. `problems` lists what to fix, line by line."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)

    def __init__(self, problems: Iterable[FormatNote]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"{p.line}: {p.text}" for p in self.problems))


@dataclass(frozen=True)
class ItemTags:
    """The meaning of a question's tags. `unknown` lists those that are not ours."""

    critical: bool
    sources: tuple[str, ...]
    answered_in: str
    kind: str
    review_status: str
    unit: str
    unknown: tuple[str, ...]


def read_tags(tags: Iterable[str]) -> ItemTags:
    """Return the meaning of the tags. Those too long for their field are unknown."""
    critical, passage, kind, review_status, unit = False, "", "", "", ""
    sources: list[str] = []
    unknown = []
    for tag in tags:
        if tag == "critical":
            critical = True
        elif (m := _SOURCE.match(tag)) and _fits([*sources, m[1]]):
            sources.append(m[1])
        elif m := _PASSAGE.match(tag):
            passage = m[1]
        elif m := _REVIEW_STATUS.match(tag):
            review_status = m[1].replace("-", "_")
        elif (m := _KIND.match(tag)) and m[1].replace("-", "_") in _TAGGED:
            kind = m[1].replace("-", "_")
        elif m := _UNIT.match(tag):
            unit = m[1]
        else:
            unknown.append(tag)
    read = (critical, tuple(sources), passage, kind, review_status, unit)
    return ItemTags(*read, tuple(unknown))


def _fits(sources: list[str]) -> bool:
    return len(", ".join(sources)) <= _SOURCES_LENGTH


def uuid_in(text: str) -> UUID | None:
    """Return the text as a UUID, or None if it is not one."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def lines_of(text: str) -> list[str]:
    """Return the lines of a file, with the line ends of any system."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def tidy_text(text: str) -> str:
    """Return the text with plain line ends and no surrounding space."""
    return "\n".join(lines_of(text)).strip()
