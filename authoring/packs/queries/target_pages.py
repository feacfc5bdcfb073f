"""The pages that a pack defines, in terms of the models."""

import json

from authoring.packs.queries import stream
from authoring.packs.queries.stream import Pictures
from authoring.packs.queries.target_page import Relation, TargetPage
from authoring.packs.rules.content import CoursePack, PackLesson
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.rich_text import markdown_to_html
from authoring.rules import content_keys
from course.blocks.draftail import normal_form
from course.models import (
    CoursePage,
    FaqEntry,
    GlossaryTerm,
    LessonPage,
    QuestionToAsk,
    Source,
    TreatmentOption,
    ValueStatement,
)
from quizzes.models import Question

# Fields that identify an entry in the pack; they become its handle and key.
_NAMES = {"id", "key"}


def target_course(pack: CoursePack) -> TargetPage:
    """Return the page of the course itself."""
    course, name = pack.course, pack.course.meta.pack
    key = course.meta.key or content_keys.derived_key(name, "course")
    sources = tuple(
        _named(entry, content_keys.key_below(key, "source", entry.id))
        | entry.model_dump(exclude=_NAMES)
        for entry in pack.sources
    )
    terms = tuple(
        _named(term, content_keys.key_below(key, "term", term.id))
        | term.model_dump(exclude=_NAMES)
        for term in pack.terms
    )
    fields = {
        "title": course.meta.title,
        "slug": course.meta.slug,
        "summary": course.meta.summary,
        "introduction": normal_form(markdown_to_html(course.introduction)),
        "answers": json.dumps(stream.answer_blocks(course.meta.answers, key)),
        "grace_days": course.meta.grace_days,
        "certificate_valid_months": course.meta.certificate_valid_months,
        "cpd_hours": course.meta.cpd_hours,
        **course.meta.review.model_dump(),
    }
    relations = (
        Relation("sources", Source, sources),
        Relation("glossary_terms", GlossaryTerm, terms),
        Relation("options", TreatmentOption, tuple(_options(pack, key))),
        Relation("statements", ValueStatement, tuple(_statements(pack, key))),
    )
    return TargetPage("course.md", CoursePage, key, fields, relations)


def _options(pack, key):
    for option in pack.options:
        derived = content_keys.key_below(key, "option", option.id)
        yield {
            **_named(option, derived),
            **option.model_dump(exclude=_NAMES),
            "evidence_sources": ", ".join(option.evidence_sources),
        }


def _statements(pack, key):
    for statement in pack.statements:
        derived = content_keys.key_below(key, "statement", statement.id)
        named = _named(statement, derived)
        fits = stream.fit_blocks(statement.fits, named["translation_key"])
        yield {**named, "text": statement.text, "fits": json.dumps(fits)}


def _named(entry, derived):
    return {"translation_key": entry.key or derived, "handle": entry.id}


def target_lessons(
    pack: CoursePack, pictures: Pictures = stream.NO_PICTURES
) -> list[TargetPage]:
    """Return the pages of the lessons, in the order they are taught."""
    return [_lesson_page(pack, lesson, pictures) for lesson in pack.lessons]


def _lesson_page(
    pack: CoursePack, lesson: PackLesson, pictures: Pictures
) -> TargetPage:
    meta = lesson.meta
    key = meta.key or content_keys.lesson_key(pack.course.meta.pack, meta.slug)
    review = pack.course.meta.review.differing(meta.review)
    fields = {
        **meta.model_dump(exclude={"key", "in_short", "review"}),
        **review.model_dump(),
        "in_short": json.dumps(stream.point_blocks(meta.in_short, key)),
        "body": json.dumps(stream.body_blocks(lesson, key, pictures)),
    }
    relations = (
        Relation("faq_entries", FaqEntry, tuple(_faq_entries(lesson, key))),
        Relation("questions", Question, tuple(_questions(lesson, key))),
        Relation("questions_to_ask", QuestionToAsk, tuple(_to_ask(lesson, key))),
    )
    return TargetPage(lesson.file, LessonPage, key, fields, relations)


def _faq_entries(lesson, key):
    for entry in lesson.faq_entries:
        yield {
            **_named(entry, content_keys.key_below(key, "faq", entry.id)),
            **{
                name: normal_form(markdown_to_html(v)) if isinstance(v, Markdown) else v
                for name, v in entry
                if name not in _NAMES
            },
        }


def _to_ask(lesson, key):
    for block in lesson.to_ask:
        derived = content_keys.key_below(key, "to-ask", block.value.id)
        yield _named(block.value, derived) | {"text": block.value.text}


def _questions(lesson, key):
    for question in lesson.items:
        question_key = question.key or content_keys.key_below(
            key, "question", question.id
        )
        yield {
            **_named(question, question_key),
            **question.model_dump(exclude=_NAMES),
            "kind": question.kind.replace("-", "_"),
            "options": json.dumps(stream.option_blocks(question, question_key)),
            "sources": ", ".join(question.sources),
        }
