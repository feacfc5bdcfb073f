"""The passages of a pack, each with its place, to compare a pack with its translation."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from authoring.packs.rules.content import PackBlock
from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.schema import Strict
from course.rules.markers import MARKER

WORDS = frozenset(
    [
        "title",
        "summary",
        "question",
        "answer",
        "text",
        "written_by",
        "funded_by",
        "conflicts",
        "update_policy",
        "audience",
        "aim",
        "main_message",
        "call_to_action",
        "in_short",
        "points",
        "after",
        "note",
        "caption",
        "columns",
        "rows",
        "label",
        "meaning",
        "when",
        "what",
        "description",
        "statement",
        "alt",
        "stem",
        "match",
        "feedback",
        "unit",
        "term",
        "name",
        "what_it_is",
        "benefit_in_short",
        "harm_in_short",
        "benefit",
        "harm",
        "living_with",
        "time",
        "cost",
        "allowed",
        "unknown",
        "reason",
        "author",
        "published",
        "interest",
        "introduction",
        "heading",
        "prose",
    ]
)
"""The fields that a translation puts into its language. All others stay the same."""
NAMES = frozenset(["author", "published"])
"""Fields of sources that hold names: a translation explains some of them."""

_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*-[ \t])")
_IN_THOUSANDS = re.compile(r"(?<=\d)[,.\N{NO-BREAK SPACE}](?=\d{3}\b)")
_FIGURE = re.compile(r"\d+")
_SPACES = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Passage:
    """A paragraph, a point, a cell or a value of a pack."""

    file: str
    place: str
    text: str
    line: int = 0

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}: {self.place}: {self.text[:90]}"

    @property
    def field(self) -> str:
        """The name of the field that holds it."""
        return re.findall(r"[a-z_]+", self.place)[-1]

    @property
    def is_worded(self) -> bool:
        """Whether a translation has other words for it."""
        names = self.field == "title" and self.file == "sources.md"
        refers = self.place.endswith("check-yourself question")
        return self.field in WORDS and not names and not refers

    @property
    def markers(self) -> list[str]:
        """Its citations with their rungs, in order."""
        return [" ".join(found[0].split()) for found in MARKER.finditer(self.text)]

    @property
    def figures(self) -> Counter[str]:
        """Its numbers, written in whichever way, without those of its citations."""
        text = _IN_THOUSANDS.sub("", MARKER.sub("", self.text))
        return Counter(_FIGURE.findall(text))


def passages_of(reading: Any) -> dict[str, Passage]:
    """Return all passages of a pack that was read, by file and place."""
    found = [*_of_references(reading), *_of_lessons(reading)]
    return {f"{passage.file} {passage.place}": passage for passage in found}


def _of_references(reading: Any) -> Iterator[Passage]:
    course = reading.course
    yield from _within("course.md", "", course.meta)
    yield from _within("course.md", "introduction", course.introduction, course.line)
    for file, entries in (
        ("sources.md", reading.sources),
        ("glossary.md", reading.glossary),
        ("options.md", reading.options),
    ):
        yield from _within(file, "", entries)


def _of_lessons(reading: Any) -> Iterator[Passage]:
    for lesson in reading.lessons:
        yield from _within(lesson.file, "", lesson.meta)
        for number, piece in enumerate(lesson.body, start=1):
            yield from _of_piece(lesson.file, f"body {number}", piece)
        for block in (*lesson.faq, *lesson.to_ask, *lesson.questions):
            place = f"{block.name} {block.value.id}"
            yield from _within(lesson.file, place, block.value, block.line)


def _of_piece(file: str, place: str, piece: Any) -> Iterator[Passage]:
    if isinstance(piece, PackHeading):
        yield Passage(file, f"{place} anchor", f"{piece.anchor} {piece.folds}")
        yield Passage(file, f"{place} heading", piece.title, piece.line)
    elif isinstance(piece, Prose):
        text = Markdown(piece.markdown)
        yield from _within(file, f"{place} prose", text, piece.line)
    elif isinstance(piece, PackBlock):
        yield from _within(file, f"{place} {piece.name}", piece.value, piece.line)


def _within(file: str, place: str, value: Any, line: int = 0) -> Iterator[Passage]:
    if isinstance(value, Strict):
        for name, inner in value:
            yield from _within(file, f"{place} {name}".strip(), inner, line)
    elif isinstance(value, tuple):
        yield Passage(file, f"{place} length", str(len(value)), line)
        for number, inner in enumerate(value, start=1):
            name = getattr(inner, "id", number)
            yield from _within(file, f"{place} {name}", inner, line)
    elif isinstance(value, Markdown):
        for number, text in enumerate(_BREAK.split(value), start=1):
            yield Passage(
                file, f"{place} {number}", _SPACES.sub(" ", text.strip()), line
            )
    else:
        yield Passage(file, place, str(value), line)
