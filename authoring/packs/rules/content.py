"""A pack that has been read: what it says, and where it says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from authoring.packs.rules.document import Heading, Prose
from authoring.packs.rules.schema import (
    CourseMeta,
    Faq,
    Image,
    LessonMeta,
    Markdown,
    Question,
    SourceEntry,
    Strict,
    Term,
)
from authoring.packs.rules.yaml_text import Path, YamlText

IMAGE = "image"


@dataclass(frozen=True)
class Block:
    """A fence that was understood. `name` is its name, `value` what it holds."""

    name: str
    line: int
    value: Strict
    yaml: YamlText

    def line_of(self, *path: str | int) -> int:
        return self.yaml.line_of(path)

    def text_line_of(self, *path: str | int) -> int:
        """Return the line on which the text itself begins, not its name."""
        return self.yaml.text_lines.get(path, self.line)


@dataclass(frozen=True)
class Lesson:
    """One lesson. `body` holds its headings, prose and blocks in order."""

    file: str
    meta: LessonMeta
    yaml: YamlText
    body: tuple[Heading | Prose | Block, ...]
    faq: tuple[Block, ...]
    questions: tuple[Block, ...]

    @property
    def faq_entries(self) -> list[Faq]:
        return [block.value for block in self.faq]

    @property
    def items(self) -> list[Question]:
        return [block.value for block in self.questions]

    @property
    def images(self) -> list[Block]:
        return [p for p in self.body if isinstance(p, Block) and p.name == IMAGE]

    @property
    def anchors(self) -> list[str]:
        return [piece.anchor for piece in self.body if isinstance(piece, Heading)]


@dataclass(frozen=True)
class Course:
    """What course.md says. `line` is where its introduction begins."""

    meta: CourseMeta
    introduction: Markdown
    line: int
    yaml: YamlText


@dataclass(frozen=True)
class Pack:
    """A whole pack without fault, its lessons in the order in which they are taught."""

    course: Course
    sources: tuple[SourceEntry, ...]
    terms: tuple[Term, ...]
    lessons: tuple[Lesson, ...]
    folder: FilePath

    def file_of(self, image: Image) -> FilePath:
        return self.folder / image.file


def texts(value, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each text that a model holds, with the path that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, entry in enumerate(value):
            yield from texts(entry, (*path, place))
    elif isinstance(value, Strict):
        for name, entry in value:
            yield from texts(entry, (*path, name))
