"""Prepare a lesson for the rules for prose and items. Makes no queries itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from wagtail.blocks import ListBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from course.models import GlossaryTerm, LessonPage
from course.queries import course_of
from course.queries.danger_signs import danger_signs
from course.queries.options import course_options
from course.rules.block_fields import BLOCK_FIELDS
from course.rules.claims import Claim
from course.rules.content_fields import JUDGED, MEASURED, fields_used
from course.rules.folding import split_at_folds
from course.rules.lesson_rules import ComparedOption, LessonText, Part
from course.rules.markers import handles_in
from course.rules.rich_text import html_lines
from quizzes.kinds import kind_of
from quizzes.models.content import ReviewStatus
from quizzes.rules.paper import FrozenQuestion

_HEADED = {
    "unknowns": "What we do not know",
    "checklist": "",
    "next_steps": "Next steps",
}
_BENEFITS = re.compile(r"\b(help|benefit|show|gain|good|effect)", re.IGNORECASE)
_HARMS = re.compile(r"\b(harm|risk|side effect|downside|limit|wrong)", re.IGNORECASE)


def lesson_text(
    lesson: LessonPage,
    terms: Sequence[GlossaryTerm],
    earlier: Iterable[LessonPage],
    kinds: Mapping[str, str] = MappingProxyType({}),
) -> LessonText:
    """Return the lesson in the form that `course.rules.lesson_rules` reads.

    `terms` are the course's, and `earlier` are the lessons before this one. `kinds` maps
    the ids of the course's sources to their kinds of evidence.
    """
    opening = tuple(_field_texts(lesson, MEASURED))
    entries = lesson.faq_entries.all()
    faq = tuple(text for entry in entries for text in _field_texts(entry, MEASURED))
    titled = (lesson, *entries, *lesson.questions_to_ask.all())
    titles = [text for row in titled for text in _field_texts(row, JUDGED)]
    body = [text for block in lesson.body for text in _texts(block, JUDGED, MEASURED)]
    quiz = [text for question in _asked(lesson) for text in own_words(question)]
    return LessonText(
        language=lesson.locale.language_code,
        main_message=lesson.main_message,
        opening=opening,
        parts=tuple(_parts(lesson)),
        faq=faq,
        own=(*titles, *opening, *body, *faq, *quiz),
        slots=frozenset(block.block_type for block in lesson.body),
        terms={term.handle: term.term for term in terms},
        explained=frozenset(
            handle for page in (*earlier, lesson) for handle in _explained(page)
        ),
        options=tuple(_options(lesson)),
        claims=(*map(Claim, opening), *_claims(lesson), *map(Claim, faq)),
        kinds=kinds,
    )


def _claims(lesson) -> Iterator[Claim]:
    """Yield the texts of the body that may claim a benefit; what is unknown is none."""
    for block in lesson.body:
        texts = _texts(block, JUDGED, MEASURED)
        if rung := _rung_of(block):
            yield Claim(" ".join(texts), int(rung.removeprefix("rung-")))
        elif block.block_type != "unknowns":
            yield from map(Claim, texts)


def _rung_of(block) -> str:
    is_struct = isinstance(block.block, StructBlock)
    return block.value.get("evidence") or "" if is_struct else ""


def shown_texts(lesson: LessonPage) -> Iterator[tuple[str, list[str]]]:
    """Yield what readers see before they unfold anything, as kinds of blocks and texts.

    A fold and the FAQ show their titles only.
    """
    points = [str(point.value) for point in lesson.in_short]
    yield "main_message", [lesson.main_message]
    yield "in_short", [*points, lesson.call_to_action]
    headings = [b.value["title"] for b in lesson.body if b.block_type == "heading"]
    yield "contents", headings
    for passage in split_at_folds(lesson.body, _type_of):
        if passage.fold:
            yield "fold", [passage.fold.value["title"]]
        else:
            yield from ((b.block_type, _shown(b, lesson)) for b in passage.blocks)
    yield "faq", [entry.question for entry in lesson.faq_entries.all()]


def _shown(block, lesson) -> list[str]:
    texts = _texts(block, JUDGED, MEASURED)
    if block.block_type == "questions_to_ask":
        return [*texts, *(row.text for row in lesson.questions_to_ask.all())]
    if block.block_type == "danger_signs":
        return [*_danger(lesson, same_day=block.value["same_day"]), block.value["note"]]
    if block.block_type == "options_table":
        return [*texts, *_rows(block.value["extent"], lesson)]
    return texts


def _danger(lesson, *, same_day: bool) -> list[str]:
    danger = danger_signs(lesson.locale.language_code)
    numbers = [f"{phone.name}: {phone.number}" for phone in danger.number_list]
    soon = danger.same_day_list if same_day else []
    return [*danger.sign_list, *numbers, *soon]


def _rows(extent, lesson) -> Iterator[str]:
    """Yield the cells of a table of the course's options."""
    for option in course_options(course_of(lesson)):
        if extent == "whole":
            yield from (option.name, option.benefit, option.harm)
        elif option.benefit_in_short:
            yield from (option.name, option.benefit_in_short, option.harm_in_short)


def quiz_text(lesson: LessonPage) -> str:
    """Return stems, options and feedback, one per line."""
    texts = chain.from_iterable(_all_words(question) for question in _asked(lesson))
    return "\n".join(text for text in texts if text)


def questions_to_check(lesson: LessonPage) -> list[FrozenQuestion]:
    """Return the questions for `quizzes.rules.item_rules`, without those left out."""
    return [question for question in _asked(lesson) if question.kind]


def _asked(lesson: LessonPage) -> list[FrozenQuestion]:
    rows = lesson.questions.all()
    return [row.frozen() for row in rows if row.review_status != ReviewStatus.LEFT_OUT]


def own_words(question: FrozenQuestion) -> Iterator[str]:
    """Yield the course's own words in a question, which leaves out false statements."""
    yield question.stem
    if question.kind:
        yield from kind_of(question).own_words(question)
    for option in question.options:
        yield option.feedback
    yield question.feedback


def _all_words(question: FrozenQuestion) -> tuple[str, ...]:
    options = ((o.text, o.match, o.feedback) for o in question.options)
    return (question.stem, *chain.from_iterable(options), question.feedback)


def _field_texts(row, use) -> Iterator[str]:
    """Yield the texts of the row's fields, except the body (see `_parts`)."""
    for name in fields_used(row, use):
        field = row._meta.get_field(name)
        if field.concrete and name != "body":
            yield from _texts_in(field, getattr(row, name))


def _texts_in(field, value):
    if isinstance(field, StreamField):
        return [str(block.value) for block in value]
    return html_lines(value) if isinstance(field, RichTextField) else [value]


def _parts(lesson) -> Iterator[Part]:
    for passage in split_at_folds(lesson.body, _type_of):
        fold = passage.fold
        title = fold.value["title"] if fold else ""
        yield from _parts_of(title, passage.blocks, is_folded=fold is not None)


def _type_of(block):
    return block.block_type


def _parts_of(title, body, *, is_folded) -> Iterator[Part]:
    blocks = []
    for block in body:
        own = block.value.get("title") if block.block_type in _HEADED else ""
        if block.block_type == "heading":
            yield from _part(title, blocks, is_folded)
            title, blocks = block.value["title"], []
        elif block.block_type in _HEADED:
            yield from _part(title, blocks, is_folded)
            title, blocks = own or _HEADED[block.block_type], [block]
        else:
            blocks.append(block)
    yield from _part(title, blocks, is_folded)


def _part(title, blocks, is_folded) -> Iterator[Part]:
    if not blocks:
        return
    paragraphs = [text for b in blocks for text in _texts(b, MEASURED)]
    shown = [text for b in blocks for text in _texts(b, JUDGED, MEASURED)]
    cited = any(b.block_type == "citation" for b in blocks)
    yield Part(
        title=title,
        paragraphs=tuple(paragraphs),
        cites=cited or bool(handles_in(" ".join(shown))),
        is_prose=any(b.block_type == "text" for b in blocks),
        is_folded=is_folded,
    )


def _texts(block, *uses) -> list[str]:
    """Return the texts of the block that have one of these uses."""
    found = _named_texts(block.block_type, block.block, block.value)
    return [text for name, text in found if text and BLOCK_FIELDS[name] in uses]


def _named_texts(name, block, value) -> Iterator[tuple[str, str]]:
    """Yield each text with its field's name in BLOCK_FIELDS."""
    if isinstance(block, ListBlock):
        for entry in value:
            yield from _named_texts(name, block.child_block, entry)
    elif isinstance(block, StructBlock) and not isinstance(block, ImageBlock):
        for inner, child in block.child_blocks.items():
            yield from _named_texts(f"{name}.{inner}", child, value.get(inner))
    else:
        yield from _leaf_texts(name, block, value)


def _leaf_texts(name, block, value):
    if isinstance(value, RichText):
        yield from ((name, line) for line in html_lines(value.source))
    elif isinstance(block, TypedTableBlock):
        yield from _table_texts(name, value)
    elif isinstance(block, ImageBlock):
        yield "image.alt", _alternative(value)
    elif isinstance(value, str):
        yield name, value


def _alternative(image):
    return "" if not image or image.decorative else image.contextual_alt_text or ""


def _table_texts(name, table):
    yield f"{name}.caption", table.caption
    yield from ((f"{name}.columns", column["heading"]) for column in table.columns)
    for row in table.rows:
        yield from ((f"{name}.rows", str(cell.value)) for cell in row)


def _explained(lesson) -> Iterator[str]:
    for block in lesson.body:
        if block.block_type == "key_terms":
            yield from block.value["terms"]


def _options(lesson) -> Iterator[ComparedOption]:
    """Yield the rows of tables that compare the benefits and harms of options."""
    for block in lesson.body:
        if block.block_type != "table":
            continue
        heads = [column["heading"] for column in block.value.columns]
        good = _column(heads, _BENEFITS)
        bad = _column(heads, _HARMS)
        if heads and "option" in heads[0].lower() and good and bad:
            for row in block.value.rows:
                cells = [str(cell.value) for cell in row]
                yield ComparedOption(cells[0], cells[good], cells[bad])


def _column(heads, pattern) -> int:
    return next((n for n, head in enumerate(heads) if n and pattern.search(head)), 0)
