"""Queries on lessons and their references."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language
from wagtail.models import Page

from course.models import CoursePage, FaqEntry, GlossaryTerm, LessonPage, Source
from course.rules.content_fields import CITING, SIGNED, fields_used
from course.rules.markers import handles_in
from course.rules.review_dates import last_day_of_quiz
from page_cache.memory import recall_part


@dataclass(frozen=True)
class LessonMaterial:
    """What a lesson shows in addition to its body."""

    faq: list[FaqEntry]
    sources: list[Source]
    terms: dict[str, GlossaryTerm]


def course_of(lesson: LessonPage) -> CoursePage:
    """Return the lesson's course, without a query if the lesson was routed to."""
    return lesson.get_parent().specific


def has_paused_quiz(
    lesson: LessonPage, today: dt.date, course: CoursePage | None = None
) -> bool:
    """Return whether the lesson's check is so long overdue that its quiz is paused."""
    course = course or course_of(lesson)
    return today > last_day_of_quiz(lesson.next_check, course.grace_days)


def lesson_material(
    lesson: LessonPage, *, also_cited: Iterable[str] = ()
) -> LessonMaterial:
    """Return FAQ entries, sources cited and terms explained, in 2 queries.

    `also_cited` are ids that other text on the page cites. An unsaved preview is read
    from memory.
    """
    cited = tuple(also_cited)
    name = ("material", lesson.pk, cited)
    return recall_part(name, lambda: _read_material(lesson, cited))


def _read_material(lesson, also_cited):
    course = course_of(lesson)
    faq = list(lesson.faq_entries.all())
    cited = [*handles_in(_all_text(lesson, faq)), *also_cited]
    handles = list(dict.fromkeys(cited))
    found = _sources_and_terms(course, handles, _terms_named(lesson))
    return LessonMaterial(
        faq=faq,
        sources=[found[Source, h] for h in handles if (Source, h) in found],
        terms={h: row for (model, h), row in found.items() if model is GlossaryTerm},
    )


# The fields that readers see, which are read in one query for both models.
_SHOWN = {
    model: [name for name in fields_used(model, SIGNED) if name != "translation_key"]
    for model in (Source, GlossaryTerm)
}


def _sources_and_terms(course, sources, terms):
    """Return (model, handle) → source or term of the course, in one query.

    Both share a query because lessons are the pages opened most often.
    """
    if not (sources or terms):
        return {}
    columns = [
        _columns(model).filter(course=course, handle__in=handles)
        for model, handles in ((Source, sources), (GlossaryTerm, terms))
    ]
    found = {}
    for name, *values in columns[0].union(columns[1], all=True):
        model = {model._meta.model_name: model for model in _SHOWN}[name]
        fields = dict(zip(_SHOWN[model], values, strict=False))
        found[model, fields["handle"]] = model(course=course, **fields)
    return found


def _columns(model):
    """Return the model's rows as text columns, with the same number for both models."""
    shown = [Cast(name, TextField()) for name in _SHOWN[model]]
    padding = [Value("")] * (max(map(len, _SHOWN.values())) - len(shown))
    name = Value(model._meta.model_name)
    return model.objects.order_by().values_list(name, *shown, *padding)


def sources_by_handle(course: CoursePage, handles: list[str]) -> list[Source]:
    """Return the course's sources with these ids, in this order, in one query."""
    found = {s.handle: s for s in course.sources.filter(handle__in=handles)}
    return [found[handle] for handle in handles if handle in found]


def _terms_named(lesson):
    return [
        handle
        for block in lesson.body
        if block.block_type == "key_terms"
        for handle in block.value["terms"]
    ]


def _all_text(lesson, faq):
    spoken = [_citing_texts(row) for row in (lesson, *faq)]
    cited = [b.value["source"] for b in lesson.body if b.block_type == "citation"]
    return json.dumps(spoken) + "".join(f"[{handle}]" for handle in cited)


def _citing_texts(row):
    """Return the row's own texts that may cite sources, without those of children."""
    fields = [row._meta.get_field(name) for name in fields_used(row, CITING)]
    return [field.value_to_string(row) for field in fields if field.concrete]


class UnknownLesson(Exception):
    """There is no lesson with this name, or several, which the message lists."""


def lesson_named(name: str) -> LessonPage:
    """Return the lesson with this address, slug or translation key.

    Raises UnknownLesson.
    """
    lessons = LessonPage.objects.order_by("url_path").select_related("locale")
    try:
        found = lessons.filter(translation_key=uuid.UUID(name))
    except ValueError:
        found = lessons.filter(url_path__endswith=f"/{name.strip('/')}/")
    pages = list(found)
    if not pages:
        raise UnknownLesson(f"There is no lesson “{name}”.")
    if len(pages) > 1:
        names = "\n".join(f"  {page.url_path.strip('/')}" for page in pages)
        raise UnknownLesson(
            f"There are several lessons “{name}”. Choose one of these:\n{names}"
        )
    return pages[0]


def live_lessons(course: CoursePage):
    """Return the lessons that readers can see, in the order they are taught."""
    return LessonPage.objects.child_of(course).live().order_by("path")


def lessons_by_course(
    courses: Iterable[CoursePage], lessons: Iterable[LessonPage]
) -> dict[CoursePage, list[LessonPage]]:
    """Return course → its lessons, in order, without a query.

    The courses also keep their order. A page's path starts with that of its parent.
    """
    by_path: dict[str, list[LessonPage]] = defaultdict(list)
    for lesson in lessons:
        by_path[_path_above(lesson)].append(lesson)
    return {course: by_path[course.path] for course in courses}


def courses_above(lessons: Collection[LessonPage]) -> list[CoursePage]:
    """Return the course of each lesson, in one query.

    In a preview, a lesson that was never saved has a place in the tree but no key.
    """
    paths = {_path_above(lesson) for lesson in lessons}
    courses = {page.path: page for page in CoursePage.objects.filter(path__in=paths)}
    return [courses[_path_above(lesson)] for lesson in lessons]


def _path_above(page: Page) -> str:
    return page.path[: -page.steplen]


def pages_within(pages: Iterable[Page]) -> Q:
    """Return a condition that matches the pages and all pages below them."""
    found = Q(pk__in=[])
    for page in pages:
        found |= Q(path__startswith=page.path)
    return found


def live_courses_named(key: uuid.UUID) -> list[CoursePage]:
    """Return the course's live pages, with the active language first."""
    spoken = get_language()
    pages = CoursePage.objects.live().filter(translation_key=key)
    return sorted(
        pages.select_related("locale"),
        key=lambda page: (page.locale.language_code != spoken, page.path),
    )
