"""Checks that the schema cannot make: ids must be unique and exist."""

import re
from collections import Counter
from collections.abc import Iterator

from authoring.packs.rules import question_checks
from authoring.packs.rules.citation_checks import unknown_source
from authoring.packs.rules.content import (
    LessonPiece,
    PackBlock,
    PackCourse,
    PackLesson,
    blocks_of,
    texts_in,
)
from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.items import question_in_pack
from authoring.packs.rules.problems import PackProblem
from authoring.packs.rules.reference_schema import Glossary, PackOptions, Sources
from authoring.packs.rules.rich_text import markdown_links, markdown_oddities
from authoring.packs.rules.schema import (
    CheckYourself,
    Citation,
    KeyTerms,
    PackImage,
    PackReview,
    PackTable,
    QuestionsToAsk,
)
from authoring.packs.rules.yaml_text import YamlText
from quizzes.rules.guessing import LIMIT, strategies_that_pass

_KEY = re.compile(r"^\s*key:\s*([0-9a-f-]{36})\s*$", re.MULTILINE)
_FOLDED = (
    "Readers do not see what is folded. Move the answer out, and refer to a heading."
)
_MARKDOWN_SIGNS = re.compile(r"\*\*|\]\(")


def of_keys(texts: dict[str, str]) -> Iterator[PackProblem]:
    """Yield each explicit key that the pack uses more than once."""
    seen = set()
    for file, text in texts.items():
        for match in _KEY.finditer(text):
            if match[1] in seen:
                line = text.count("\n", 0, match.start(1)) + 1
                message = "This key is already used in this pack. Remove this line."
                yield PackProblem(file, line, message)
            seen.add(match[1])


def of_entries(
    file: str, entries: Sources | Glossary | PackOptions | None, yaml: YamlText | None
) -> Iterator[PackProblem]:
    """Yield the ids that appear more than once in sources.md, glossary.md or options.md."""
    if not (entries and yaml):
        return
    for name, found in entries:
        for place in _repeated([entry.id for entry in found]):
            line = yaml.line_of((name, place, "id"))
            yield PackProblem(file, line, _twice(found[place].id))


def of_course(file: str, course: PackCourse) -> Iterator[PackProblem]:
    """Yield problems with the course's own text and dates."""
    yield from _markdown(file, course.line, course.introduction)
    yield from _dates(file, course.meta.review, course.yaml)


def of_lesson(lesson: PackLesson) -> Iterator[PackProblem]:
    """Yield problems within the lesson, regardless of the rest of the pack."""
    headings = [piece for piece in lesson.body if isinstance(piece, PackHeading)]
    for place in _repeated([heading.anchor for heading in headings]):
        heading = headings[place]
        yield PackProblem(lesson.file, heading.line, _twice(heading.anchor))
    for blocks in (lesson.faq, lesson.to_ask, lesson.questions):
        for place in _repeated([block.value.id for block in blocks]):
            block = blocks[place]
            yield PackProblem(lesson.file, block.line_of("id"), _twice(block.value.id))
    for block in lesson.questions:
        for line, message in question_checks.of_question(block):
            yield PackProblem(lesson.file, line, message)
    for piece in lesson.body + lesson.faq + lesson.to_ask + lesson.questions:
        yield from _of_piece(lesson.file, piece)
    if lesson.to_ask and not blocks_of(QuestionsToAsk, lesson.body):
        message = "Add a block “questions-to-ask”, so that readers see these questions."
        yield PackProblem(lesson.file, lesson.to_ask[0].line, message)


def of_references(lesson: PackLesson) -> Iterator[PackProblem]:
    """Yield broken references in the lesson: links, `answered_in` and questions."""
    yield from _places_of_questions(lesson)
    places = {f"#{anchor}" for anchor in lesson.anchors}
    places |= {f"faq:{entry.id}" for entry in lesson.faq_entries}
    yield from _passages_of_questions(lesson, places)
    targets = places | {f"#faq-{entry.id}" for entry in lesson.faq_entries}
    for line, markdown in _markdown_in(lesson):
        for below, address in markdown_links(markdown):
            if address.startswith("#") and address not in targets:
                yield PackProblem(
                    lesson.file,
                    line + below,
                    f"The link {address} does not go anywhere.",
                )


def _passages_of_questions(
    lesson: PackLesson, places: set[str]
) -> Iterator[PackProblem]:
    folded = {f"#{anchor}" for anchor in lesson.anchors} - {
        f"#{anchor}" for anchor in lesson.unfolded_anchors
    }
    for block in lesson.questions:
        named = block.value.answered_in
        where = ", ".join(sorted(places - folded))
        message = ""
        if named in folded:
            message = f"“answered_in” refers to the fold {named}. {_FOLDED}"
        elif named not in places:
            message = (
                f"“answered_in” refers to {named}, which is not in this lesson. It has "
                f"{where}."
            )
        if message:
            yield PackProblem(lesson.file, block.line_of("answered_in"), message)


def _places_of_questions(lesson: PackLesson) -> Iterator[PackProblem]:
    known = [question.id for question in lesson.items]
    for block in blocks_of(CheckYourself, lesson.body):
        if block.value.question not in known:
            yield PackProblem(
                lesson.file,
                block.line_of("question"),
                f"This lesson has no question “{block.value.question}”. It has "
                f"{', '.join(known) or 'none'}.",
            )


def of_pack(
    course: PackCourse | None,
    sources: Sources | None,
    glossary: Glossary | None,
    lessons: tuple[PackLesson, ...],
) -> Iterator[PackProblem]:
    """Yield problems between files. Checks against a missing file are skipped."""
    for place in _repeated([lesson.meta.slug for lesson in lessons]):
        lesson = lessons[place]
        line = lesson.yaml.line_of(("slug",))
        yield PackProblem(lesson.file, line, _twice(lesson.meta.slug))
    for lesson in lessons:
        if course:
            review = course.meta.review.differing(lesson.meta.review)
            yield from _dates(lesson.file, review, lesson.yaml)
        if glossary:
            yield from _terms(lesson, {term.id for term in glossary.terms})
        if sources:
            yield from _sources(lesson, {entry.id for entry in sources.sources})


def of_guessing(lessons: tuple[PackLesson, ...]) -> Iterator[PackProblem]:
    """Yield the ways of guessing by wording that get too many questions right."""
    items = [question_in_pack(item) for lesson in lessons for item in lesson.items]
    for strategy, share in strategies_that_pass(items).items():
        name = strategy.replace("_", " ")
        yield PackProblem(
            lessons[-1].file,
            1,
            f"Whoever picks the option by “{name}” gets {share:.0%} of the course's "
            f"questions right without reading. Reword options so that it is {LIMIT:.0%} "
            f"at most.",
        )


def _terms(lesson: PackLesson, known: set[str]) -> Iterator[PackProblem]:
    for block in blocks_of(KeyTerms, lesson.body):
        for place, term in enumerate(block.value.terms):
            if term not in known:
                line = block.line_of("terms", place)
                yield PackProblem(
                    lesson.file,
                    line,
                    f"There is no term “{term}” in glossary.md. Add it.",
                )


def _sources(lesson: PackLesson, known: set[str]) -> Iterator[PackProblem]:
    citations = blocks_of(Citation, lesson.body)
    named = [(block.line_of("source"), block.value.source) for block in citations]
    for question in lesson.questions:
        for place, handle in enumerate(question.value.sources):
            named.append((question.line_of("sources", place), handle))
    for line, handle in named:
        if handle not in known:
            yield PackProblem(lesson.file, line, unknown_source(handle))


def _of_piece(file: str, piece: LessonPiece) -> Iterator[PackProblem]:
    if isinstance(piece, Prose):
        yield from _markdown(file, piece.line, piece.markdown)
    if not isinstance(piece, PackBlock):
        return
    for path, text in texts_in(piece.value):
        line = piece.text_line_of(*path)
        if isinstance(text, Markdown):
            yield from _markdown(file, line, text)
        elif _MARKDOWN_SIGNS.search(text):
            yield PackProblem(file, line, "This is plain text. Remove “**” and links.")
    for table in blocks_of(PackTable, [piece]):
        yield from _cells(file, table)
    if isinstance(piece.value, PackImage) and not (
        piece.value.alt or piece.value.decorative
    ):
        message = "Describe the picture in “alt”, or write “decorative: yes”."
        yield PackProblem(file, piece.line, message)


def _cells(file: str, block: PackBlock[PackTable]) -> Iterator[PackProblem]:
    columns = len(block.value.columns)
    for place, row in enumerate(block.value.rows):
        line = block.line_of("rows", place)
        if len(row) != columns:
            yield PackProblem(
                file,
                line,
                f"Cells in this row: {len(row)}. Columns in the table: {columns}. Put "
                "quotes around a cell that contains a comma.",
            )


def _markdown(file: str, line: int, markdown: str) -> Iterator[PackProblem]:
    for below, message in markdown_oddities(markdown):
        yield PackProblem(file, line + below, message)


def _markdown_in(lesson: PackLesson) -> Iterator[tuple[int, str]]:
    for piece in lesson.body + lesson.faq:
        if isinstance(piece, Prose):
            yield piece.line, piece.markdown
        elif isinstance(piece, PackBlock):
            for path, text in texts_in(piece.value):
                if isinstance(text, Markdown):
                    yield piece.text_line_of(*path), text


def _dates(file: str, review: PackReview, yaml: YamlText) -> Iterator[PackProblem]:
    if review.next_check <= review.last_checked:
        line = yaml.line_of(("review", "next_check"))
        yield PackProblem(file, line, "“next_check” must be later than “last_checked”.")


def _repeated(ids: list[str]) -> list[int]:
    """Return the indexes of ids that appeared before."""
    seen: Counter[str] = Counter()
    places = []
    for place, handle in enumerate(ids):
        if seen[handle]:
            places.append(place)
        seen[handle] += 1
    return places


def _twice(handle: str) -> str:
    return f"“{handle}” is already used. Give this one its own id."
