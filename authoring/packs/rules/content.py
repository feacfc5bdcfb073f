"""The content of a pack that was read, with file and line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.reference_schema import (
    PackTreatmentOption,
    PackValueStatement,
    SourceEntry,
    Term,
)
from authoring.packs.rules.schema import (
    CourseMeta,
    LessonMeta,
    PackFaqEntry,
    PackImage,
    PackQuestion,
    PackQuestionToAsk,
    Strict,
)
from authoring.packs.rules.yaml_text import Path, YamlText
from course.rules.folding import FOLD

Value_co = TypeVar("Value_co", bound=Strict, covariant=True)


@dataclass(frozen=True)
class PackBlock(Generic[Value_co]):
    """A fence after validation: its name, and its content as `value`."""

    name: str
    line: int
    value: Value_co
    yaml: YamlText

    def line_of(self, *path: str | int) -> int:
        return self.yaml.line_of(path)

    def text_line_of(self, *path: str | int) -> int:
        """Return the line on which the text begins, which may be below its name."""
        return self.yaml.text_lines.get(path, self.line)


def blocks_of(
    model: type[Value_co], pieces: Iterable[object]
) -> tuple[PackBlock[Value_co], ...]:
    """Return the blocks with this content, in order."""
    blocks = (piece for piece in pieces if isinstance(piece, PackBlock))
    return tuple(block for block in blocks if isinstance(block.value, model))


LessonPiece = PackHeading | Prose | PackBlock[Strict]


def piece_type(piece: LessonPiece) -> str:
    """Return the type of the block that the piece becomes in the body of a page."""
    if isinstance(piece, PackHeading):
        return FOLD if piece.folds else "heading"
    return "text" if isinstance(piece, Prose) else piece.name.replace("-", "_")


@dataclass(frozen=True)
class PackLesson:
    """One lesson. `body` holds its headings, prose and blocks in order."""

    file: str
    meta: LessonMeta
    yaml: YamlText
    body: tuple[LessonPiece, ...]
    faq: tuple[PackBlock[PackFaqEntry], ...]
    to_ask: tuple[PackBlock[PackQuestionToAsk], ...]
    questions: tuple[PackBlock[PackQuestion], ...]

    @property
    def faq_entries(self) -> list[PackFaqEntry]:
        return [block.value for block in self.faq]

    @property
    def items(self) -> list[PackQuestion]:
        return [block.value for block in self.questions]

    @property
    def images(self) -> tuple[PackBlock[PackImage], ...]:
        return blocks_of(PackImage, self.body)

    @property
    def anchors(self) -> list[str]:
        """The names of headings and folds, which links may lead to."""
        return [piece.anchor for piece in self.body if isinstance(piece, PackHeading)]

    @property
    def unfolded_anchors(self) -> list[str]:
        """The names of headings, which questions may refer to."""
        headings = (piece for piece in self.body if isinstance(piece, PackHeading))
        return [heading.anchor for heading in headings if not heading.folds]


@dataclass(frozen=True)
class PackCourse:
    """The content of course.md. `line` is where its introduction starts."""

    meta: CourseMeta
    introduction: Markdown
    line: int
    yaml: YamlText


@dataclass(frozen=True)
class CoursePack:
    """A whole valid pack, its lessons in teaching order."""

    course: PackCourse
    sources: tuple[SourceEntry, ...]
    terms: tuple[Term, ...]
    options: tuple[PackTreatmentOption, ...]
    statements: tuple[PackValueStatement, ...]
    lessons: tuple[PackLesson, ...]
    folder: FilePath

    def file_of(self, image: PackImage) -> FilePath:
        return self.folder / image.file


def texts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each text in a model, with the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, entry in enumerate(value):
            yield from texts_in(entry, (*path, place))
    elif isinstance(value, Strict):
        for name, entry in value:
            yield from texts_in(entry, (*path, name))
