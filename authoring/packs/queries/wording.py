"""Separate a lesson's own words from wrong options and quoted claims."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.packs.rules import rich_text
from authoring.packs.rules.content import PackBlock, PackLesson, texts_in
from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.items import question_in_pack
from authoring.packs.rules.schema import LessonMeta
from authoring.packs.rules.yaml_text import Path
from course.models import FaqEntry, LessonPage, QuestionToAsk
from course.rules.block_fields import BLOCK_FIELDS
from course.rules.content_fields import JUDGED, MEASURED, Use, fields_used
from quizzes.kinds import kind_of

_HEADED = {"unknowns", "checklist", "next-steps"}
_CHILDREN = {"faq": FaqEntry, "to-ask": QuestionToAsk}


@dataclass(frozen=True)
class Wording:
    """One paragraph, point or other text of a lesson, with the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True)
class WordingSection:
    """The text below one heading. The text above the first heading has no title.

    Blocks that show their own heading are separate sections.
    """

    line: int
    title: str
    pieces: tuple[Prose | PackBlock, ...]


def split_sections(lesson: PackLesson) -> list[WordingSection]:
    """Return the lesson cut at its headings, in order."""
    cuts: list[tuple[int, str, list[Prose | PackBlock]]] = [(1, "", [])]
    for piece in lesson.body:
        if isinstance(piece, PackHeading):
            cuts.append((piece.line, piece.title, []))
        elif isinstance(piece, PackBlock) and piece.name in _HEADED:
            cuts.append((piece.line, piece.value.title or piece.name, [piece]))
        else:
            cuts[-1][2].append(piece)
    return [WordingSection(line, title, tuple(pieces)) for line, title, pieces in cuts]


def running_text(pieces: tuple[Prose | PackBlock, ...]) -> list[Wording]:
    """Return the running text, without titles, tables and names."""
    return [wording for piece in pieces for wording in _of_piece(piece, MEASURED)]


def opening_texts(lesson: PackLesson) -> list[Wording]:
    """Return the texts above the body: main message, “In short” and what to do."""
    return list(_of_meta(lesson, MEASURED))


def _of_meta(lesson: PackLesson, use: Use) -> Iterator[Wording]:
    for name in fields_used(LessonPage, use):
        if name in LessonMeta.model_fields:
            for path, text in texts_in(getattr(lesson.meta, name), (name,)):
                yield Wording(lesson.yaml.line_of(path), text)


def own_voice(lesson: PackLesson) -> list[Wording]:
    """Return all of the course's own words, including headings, tables and the quiz.

    Wrong options are left out, because they are not true.
    """
    titled = _of_meta(lesson, JUDGED)
    headings = [
        Wording(p.line, p.title) for p in lesson.body if isinstance(p, PackHeading)
    ]
    whole = lesson.body + lesson.faq + lesson.to_ask
    pieces = [p for p in whole if not isinstance(p, PackHeading)]
    parts = [w for piece in pieces for w in _of_piece(piece, JUDGED, MEASURED)]
    return [
        *titled,
        *opening_texts(lesson),
        *headings,
        *parts,
        *quiz_text(lesson, own=True),
    ]


def quiz_text(lesson: PackLesson, *, own: bool) -> list[Wording]:
    """Return stems, options and feedback. `own` leaves out the wrong options."""
    return [w for block in lesson.questions for w in _of_question(block, own=own)]


def _of_question(block: PackBlock, *, own: bool) -> Iterator[Wording]:
    question = question_in_pack(block.value)
    own_words = set(kind_of(question).own_words(question))
    yield Wording(block.line_of("stem"), question.stem)
    for place, option in enumerate(question.options):
        if option.text in own_words or not own:
            yield Wording(block.line_of("options", place, "text"), option.text)
            yield Wording(block.line_of("options", place, "match"), option.match)
        yield Wording(block.line_of("options", place, "feedback"), option.feedback)
    yield Wording(block.line_of("feedback"), question.feedback)


def _of_piece(piece: Prose | PackBlock, *uses: Use) -> Iterator[Wording]:
    if isinstance(piece, Prose):
        yield from _paragraphs(piece.line, piece.markdown)
        return
    for path, text in texts_in(piece.value):
        if not _is_read(piece.name, path, uses):
            continue
        if isinstance(text, Markdown):
            yield from _paragraphs(piece.text_line_of(*path), text)
        else:
            yield Wording(piece.line_of(*path), text)


def _is_read(name: str, path: Path, uses: tuple[Use, ...]) -> bool:
    names = [part for part in path if isinstance(part, str)]
    if name in _CHILDREN:
        return names[0] in fields_used(_CHILDREN[name], *uses)
    return BLOCK_FIELDS[".".join([name.replace("-", "_"), *names])] in uses


def _paragraphs(line: int, markdown: str) -> Iterator[Wording]:
    for below, text in rich_text.markdown_paragraphs(markdown):
        yield Wording(line + below, text)
