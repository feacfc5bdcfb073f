"""A lesson's page as the rules for prose and for items read it. No queries of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from wagtail.blocks import ListBlock, StructBlock
from wagtail.rich_text import RichText

from course.lesson_rules import LessonText, Option, Part
from course.markers import handles_in
from course.models import GlossaryTerm, LessonPage
from course.rich_text import lines
from quizzes.kinds import kind_of
from quizzes.models.content import Standing
from quizzes.paper import Question

# Titles are no running text, and names are no words.
_TITLES = {"title", "when", "label"}
_NAMES = {"anchor", "level", "kind", "drawing", "source", "terms", "question", "image"}
_HEADED = {
    "unknowns": "What we do not know",
    "checklist": "",
    "next_steps": "Next steps",
}
_BENEFITS = re.compile(r"\b(help|benefit|show|gain|good|effect)", re.IGNORECASE)
_HARMS = re.compile(r"\b(harm|risk|side effect|downside|limit|wrong)", re.IGNORECASE)


def lesson_text(
    lesson: LessonPage, terms: Sequence[GlossaryTerm], earlier: Iterable[LessonPage]
) -> LessonText:
    """Return the lesson as `course.lesson_rules` reads it.

    `terms` are those of its course; `earlier` are the lessons that come before it.
    """
    opening = (lesson.main_message, *_points(lesson), lesson.call_to_action)
    faq = tuple(
        line for entry in lesson.faq_entries.all() for line in lines(entry.answer)
    )
    asked = [entry.question for entry in lesson.faq_entries.all()]
    body = [text for block in lesson.body for text in _texts(block, set())]
    quiz = [text for question in _asked(lesson) for text in own_words(question)]
    return LessonText(
        language=lesson.locale.language_code,
        main_message=lesson.main_message,
        opening=opening,
        parts=tuple(_parts(lesson)),
        faq=faq,
        own=(lesson.title, lesson.aim, *opening, *body, *asked, *faq, *quiz),
        slots=frozenset(block.block_type for block in lesson.body),
        terms={term.handle: term.term for term in terms},
        explained=frozenset(
            handle for page in (*earlier, lesson) for handle in _explained(page)
        ),
        options=tuple(_options(lesson)),
    )


def quiz_text(lesson: LessonPage) -> str:
    """Return stems, options and feedback, a line each."""
    texts = chain.from_iterable(_all_words(question) for question in _asked(lesson))
    return "\n".join(text for text in texts if text)


def items(lesson: LessonPage) -> list[Question]:
    """Return the questions as `quizzes.item_rules` reads them, but for those left out."""
    return [question for question in _asked(lesson) if question.kind]


def _asked(lesson: LessonPage) -> list[Question]:
    rows = lesson.questions.all()
    return [row.frozen() for row in rows if row.standing != Standing.LEFT_OUT]


def own_words(question: Question) -> Iterator[str]:
    """Yield what the course itself says in a question: nothing that is not so."""
    yield question.stem
    if question.kind:
        yield from kind_of(question).own_words(question)
    for option in question.options:
        yield option.feedback
    yield question.feedback


def _all_words(question: Question) -> tuple[str, ...]:
    options = ((option.text, option.feedback) for option in question.options)
    return (question.stem, *chain.from_iterable(options), question.feedback)


def _points(lesson):
    return [str(block.value) for block in lesson.in_short]


def _parts(lesson) -> Iterator[Part]:
    title, blocks = "", []
    for block in lesson.body:
        own = block.value.get("title") if block.block_type in _HEADED else ""
        if block.block_type == "heading":
            yield from _part(title, blocks)
            title, blocks = block.value["title"], []
        elif block.block_type in _HEADED:
            yield from _part(title, blocks)
            title, blocks = own or _HEADED[block.block_type], [block]
        else:
            blocks.append(block)
    yield from _part(title, blocks)


def _part(title, blocks) -> Iterator[Part]:
    if not blocks:
        return
    read = [b for b in blocks if b.block_type != "table"]
    paragraphs = [text for b in read for text in _texts(b, _TITLES)]
    shown = [text for b in blocks for text in _texts(b, set())]
    cited = any(b.block_type == "citation" for b in blocks)
    yield Part(
        title=title,
        paragraphs=tuple(paragraphs),
        cites=cited or bool(handles_in(" ".join(shown))),
        is_prose=any(b.block_type == "text" for b in blocks),
    )


def _texts(block, leave_out) -> list[str]:
    if block.block_type in ("check_yourself", "image"):
        return []
    if block.block_type == "table":
        return _of_table(block.value)
    return list(_of_value(block.block, block.value, leave_out | _NAMES))


def _of_table(table):
    cells = (str(cell.value) for row in table.rows for cell in row)
    heads = (column["heading"] for column in table.columns)
    return [table.caption, *heads, *cells]


def _of_value(block, value, leave_out) -> Iterator[str]:
    if isinstance(value, RichText):
        yield from lines(value.source)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name not in leave_out:
                yield from _of_value(child, value.get(name), leave_out)
    elif isinstance(block, ListBlock):
        for entry in value:
            yield from _of_value(block.child_block, entry, leave_out)
    elif isinstance(value, str) and value:
        yield value


def _explained(lesson) -> Iterator[str]:
    for block in lesson.body:
        if block.block_type == "key_terms":
            yield from block.value["terms"]


def _options(lesson) -> Iterator[Option]:
    """Rows of a table whose first column holds options and that has both sides."""
    for block in lesson.body:
        if block.block_type != "table":
            continue
        heads = [column["heading"] for column in block.value.columns]
        good = _column(heads, _BENEFITS)
        bad = _column(heads, _HARMS)
        if heads and "option" in heads[0].lower() and good and bad:
            for row in block.value.rows:
                cells = [str(cell.value) for cell in row]
                yield Option(cells[0], cells[good], cells[bad])


def _column(heads, pattern) -> int:
    return next((n for n, head in enumerate(heads) if n and pattern.search(head)), 0)
