"""Reads over a lesson and what it leans on."""

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


@dataclass(frozen=True)
class LessonMaterial:
    """What a lesson shows besides its own body."""

    faq: list[FaqEntry]
    sources: list[Source]
    terms: dict[str, GlossaryTerm]


def course_of(lesson: LessonPage) -> CoursePage:
    """Return the course above the lesson; no query when the lesson was routed to."""
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
    """Return FAQ entries, the sources cited and the terms explained, in 2 queries.

    `also_cited` are ids that other text on the same page cites. An editor's unsaved
    preview is read as it stands in memory.
    """
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


# What readers see of each; the columns of both are read in one query.
_SHOWN = {
    model: [name for name in fields_used(model, SIGNED) if name != "translation_key"]
    for model in (Source, GlossaryTerm)
}


def _sources_and_terms(course, sources, terms):
    """Return (model, handle) → source or term of the course, in one query.

    Readers open lessons more than anything else, so these two share one.
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
    """Return the model's rows as plain text columns, as many for either model."""
    shown = [Cast(name, TextField()) for name in _SHOWN[model]]
    padding = [Value("")] * (max(map(len, _SHOWN.values())) - len(shown))
    name = Value(model._meta.model_name)
    return model.objects.order_by().values_list(name, *shown, *padding)


def sources_by_handle(course: CoursePage, handles: list[str]) -> list[Source]:
    """Return the course's sources with these ids, in that order, in one query."""
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
    """Return what the row's fields hold that may cite; children are rows of their own."""
    fields = [row._meta.get_field(name) for name in fields_used(row, CITING)]
    return [field.value_to_string(row) for field in fields if field.concrete]


class UnknownLesson(Exception):
    """No lesson, or not just one, has the name. The message says which there are."""


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
        raise UnknownLesson(f"“{name}” may be any of these; say which:\n{names}")
    return pages[0]


def live_lessons(course: CoursePage):
    """Return the lessons that readers can see, in the order in which they are taught."""
    return LessonPage.objects.child_of(course).live().order_by("path")


def lessons_by_course(
    courses: Iterable[CoursePage], lessons: Iterable[LessonPage]
) -> dict[CoursePage, list[LessonPage]]:
    """Return course → those of the lessons that are its own, in their order.

    Courses keep their order, too, and no row is read: a page's path begins with that
    of the page above it.
    """
    by_path: dict[str, list[LessonPage]] = defaultdict(list)
    for lesson in lessons:
        by_path[_path_above(lesson)].append(lesson)
    return {course: by_path[course.path] for course in courses}


def courses_above(lessons: Collection[LessonPage]) -> list[CoursePage]:
    """Return for each lesson the course that it is in, in one query.

    A lesson that was never saved has a place in the tree in a preview, but no key.
    """
    paths = {_path_above(lesson) for lesson in lessons}
    courses = {page.path: page for page in CoursePage.objects.filter(path__in=paths)}
    return [courses[_path_above(lesson)] for lesson in lessons]


def _path_above(page: Page) -> str:
    return page.path[: -page.steplen]


def pages_within(pages: Iterable[Page]) -> Q:
    """Return the condition of being one of the pages or below one; none are below none."""
    found = Q(pk__in=[])
    for page in pages:
        found |= Q(path__startswith=page.path)
    return found


def live_courses_named(key: uuid.UUID) -> list[CoursePage]:
    """Return the course's live pages, that in the language now spoken first."""
    spoken = get_language()
    pages = CoursePage.objects.live().filter(translation_key=key)
    return sorted(
        pages.select_related("locale"),
        key=lambda page: (page.locale.language_code != spoken, page.path),
    )
