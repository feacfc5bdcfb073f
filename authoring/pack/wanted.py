"""The pages that a pack asks for, in terms of the models."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from authoring.pack import keys, stream
from authoring.pack.content import Lesson, Pack
from authoring.pack.rich_text import to_html
from course.models import CoursePage, FaqEntry, GlossaryTerm, LessonPage, Source
from quizzes.models import Question

Fields = dict[str, Any]


@dataclass(frozen=True)
class Relation:
    """What hangs on a page: the name of the relation and the fields of each child."""

    name: str
    model: type
    children: tuple[Fields, ...]


@dataclass(frozen=True)
class WantedPage:
    """A page as the pack would have it. `file` is where the pack says so."""

    file: str
    model: type[Page]
    key: UUID
    fields: Fields
    relations: tuple[Relation, ...]

    @property
    def title(self) -> str:
        return self.fields["title"]

    @property
    def slug(self) -> str:
        return self.fields["slug"]


def course_page(pack: Pack) -> WantedPage:
    """Return the page of the course itself."""
    course, name = pack.course, pack.course.meta.pack
    key = keys.key(name, "course")
    sources = tuple(
        {"translation_key": keys.below(key, "source", entry.id), "handle": entry.id}
        | entry.model_dump(exclude={"id"})
        for entry in pack.sources
    )
    terms = tuple(
        {"translation_key": keys.below(key, "term", term.id), "handle": term.id}
        | term.model_dump(exclude={"id"})
        for term in pack.terms
    )
    fields = {
        "title": course.meta.title,
        "slug": course.meta.slug,
        "summary": course.meta.summary,
        "introduction": to_html(course.introduction),
        **course.meta.review.model_dump(),
    }
    relations = (
        Relation("sources", Source, sources),
        Relation("glossary_terms", GlossaryTerm, terms),
    )
    return WantedPage("course.md", CoursePage, key, fields, relations)


def lesson_pages(pack: Pack) -> list[WantedPage]:
    """Return the pages of the lessons, in the order in which they are taught."""
    return [_lesson_page(pack, lesson) for lesson in pack.lessons]


def _lesson_page(pack: Pack, lesson: Lesson) -> WantedPage:
    key = keys.lesson_key(pack.course.meta.pack, lesson.meta.slug)
    review = pack.course.meta.review.differing(lesson.meta.review)
    fields = {
        **lesson.meta.model_dump(exclude={"in_short", "review"}),
        **review.model_dump(),
        "in_short": json.dumps(stream.points(lesson.meta.in_short, key)),
        "body": json.dumps(stream.body(lesson, key)),
    }
    relations = (
        Relation("faq_entries", FaqEntry, tuple(_faq_entries(lesson, key))),
        Relation("questions", Question, tuple(_questions(lesson, key))),
    )
    return WantedPage(lesson.file, LessonPage, key, fields, relations)


def _faq_entries(lesson, key):
    for entry in lesson.faq_entries:
        yield {
            "translation_key": keys.below(key, "faq", entry.id),
            "handle": entry.id,
            "question": entry.question,
            "answer": to_html(entry.answer),
        }


def _questions(lesson, key):
    for question in lesson.items:
        question_key = keys.below(key, "question", question.id)
        yield {
            "translation_key": question_key,
            "handle": question.id,
            "kind": question.kind.replace("-", "_"),
            "stem": question.stem,
            "critical": question.critical,
            "options": json.dumps(stream.options(question, question_key)),
            "feedback": question.feedback,
            "sources": ", ".join(question.sources),
            "answered_in": question.answered_in,
        }
