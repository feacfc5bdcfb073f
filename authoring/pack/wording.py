"""Which words of a lesson are the course's own, and which are quoted to be judged."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.pack import rich_text
from authoring.pack.content import Block, Lesson, texts
from authoring.pack.document import Heading, Prose
from authoring.pack.items import question_in_pack
from authoring.pack.schema import Markdown
from quizzes.kinds import kind_of

_TITLES = {"title", "question", "when", "label"}
_HEADED = {"unknowns", "checklist", "next-steps"}
_NAMES = {"id", "kind", "level", "drawing", "source", "terms", "file"}


@dataclass(frozen=True)
class Wording:
    """One paragraph, point or other text of a lesson, with the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True)
class Section:
    """What stands below one heading; the text above the first has no title.

    Blocks that show a heading of their own are sections of their own.
    """

    line: int
    title: str
    pieces: tuple[Prose | Block, ...]


def sections(lesson: Lesson) -> list[Section]:
    """Return the lesson cut at its headings, in order."""
    cuts: list[tuple[int, str, list[Prose | Block]]] = [(1, "", [])]
    for piece in lesson.body:
        if isinstance(piece, Heading):
            cuts.append((piece.line, piece.title, []))
        elif isinstance(piece, Block) and piece.name in _HEADED:
            cuts.append((piece.line, piece.value.title or piece.name, [piece]))
        else:
            cuts[-1][2].append(piece)
    return [Section(line, title, tuple(pieces)) for line, title, pieces in cuts]


def running_text(pieces: tuple[Prose | Block, ...]) -> list[Wording]:
    """Return the sentences' worth of text: no titles, no tables, no names."""
    return [
        wording
        for piece in pieces
        if not (isinstance(piece, Block) and piece.name == "table")
        for wording in _of_piece(piece, leave_out=_TITLES | _NAMES)
    ]


def opening(lesson: Lesson) -> list[Wording]:
    """Return what is read before the body: main message, in short, what to do."""
    meta, yaml = lesson.meta, lesson.yaml
    return [
        Wording(yaml.line_of(("main_message",)), meta.main_message),
        *(
            Wording(yaml.line_of(("in_short", place)), point)
            for place, point in enumerate(meta.in_short)
        ),
        Wording(yaml.line_of(("call_to_action",)), meta.call_to_action),
    ]


def own_voice(lesson: Lesson) -> list[Wording]:
    """Return all that the course says itself, headings, tables and quiz included.

    Wrong options are left out, for they say what is not so.
    """
    meta, yaml = lesson.meta, lesson.yaml
    titled = [Wording(yaml.line_of((n,)), getattr(meta, n)) for n in ("title", "aim")]
    headings = [Wording(p.line, p.title) for p in lesson.body if isinstance(p, Heading)]
    pieces = [p for p in lesson.body + lesson.faq if not isinstance(p, Heading)]
    parts = [w for piece in pieces for w in _of_piece(piece, leave_out=_NAMES)]
    return [*titled, *opening(lesson), *headings, *parts, *quiz_text(lesson, own=True)]


def quiz_text(lesson: Lesson, *, own: bool) -> list[Wording]:
    """Return stems, options and feedback; with `own`, without the wrong options."""
    return [w for block in lesson.questions for w in _of_question(block, own=own)]


def _of_question(block: Block, *, own: bool) -> Iterator[Wording]:
    question = question_in_pack(block.value)
    said = set(kind_of(question).own_words(question))
    yield Wording(block.line_of("stem"), question.stem)
    for place, option in enumerate(question.options):
        if option.text in said or not own:
            yield Wording(block.line_of("options", place, "text"), option.text)
        yield Wording(block.line_of("options", place, "feedback"), option.feedback)
    yield Wording(block.line_of("feedback"), question.feedback)


def _of_piece(piece: Prose | Block, leave_out: set[str]) -> Iterator[Wording]:
    if isinstance(piece, Block) and piece.name == "check-yourself":
        return  # It names a question, whose words are read with the quiz.
    if isinstance(piece, Prose):
        yield from _paragraphs(piece.line, piece.markdown)
        return
    for path, text in texts(piece.value):
        if path[0] in leave_out or path[-1] in leave_out:
            continue
        if isinstance(text, Markdown):
            yield from _paragraphs(piece.text_line_of(*path), text)
        else:
            yield Wording(piece.line_of(*path), text)


def _paragraphs(line: int, markdown: str) -> Iterator[Wording]:
    for below, text in rich_text.paragraphs(markdown):
        yield Wording(line + below, text)
