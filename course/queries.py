"""Reads over a lesson and what it leans on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from course.markers import handles_in
from course.models import CoursePage, FaqEntry, GlossaryTerm, LessonPage, Source


@dataclass(frozen=True)
class LessonMaterial:
    """What a lesson shows besides its own body."""

    faq: list[FaqEntry]
    sources: list[Source]
    terms: dict[str, GlossaryTerm]


def course_of(lesson: LessonPage) -> CoursePage:
    """Return the course above the lesson; no query when the lesson was routed to."""
    return lesson.get_parent().specific


def lesson_material(
    lesson: LessonPage, *, also_cited: Iterable[str] = ()
) -> LessonMaterial:
    """Return FAQ entries, the sources cited and the terms explained, in 3 queries.

    `also_cited` are ids that other text on the same page cites. An editor's unsaved preview is read as it stands in memory.
    """
    course = course_of(lesson)
    faq = list(lesson.faq_entries.all())
    cited = handles_in(_all_text(lesson, faq))
    return LessonMaterial(
        faq=faq,
        sources=sources_by_handle(course, list(dict.fromkeys([*cited, *also_cited]))),
        terms=_terms(lesson, course),
    )


def sources_by_handle(course: CoursePage, handles: list[str]) -> list[Source]:
    """Return the course's sources with these ids, in that order, in one query."""
    found = {s.handle: s for s in course.sources.filter(handle__in=handles)}
    return [found[handle] for handle in handles if handle in found]


def _terms(lesson, course):
    wanted = [
        handle
        for block in lesson.body
        if block.block_type == "key_terms"
        for handle in block.value["terms"]
    ]
    if not wanted:
        return {}
    return {t.handle: t for t in course.glossary_terms.filter(handle__in=wanted)}


def _all_text(lesson, faq):
    body = [block["value"] for block in lesson.body.get_prep_value()]
    points = [block["value"] for block in lesson.in_short.get_prep_value()]
    spoken = [
        lesson.main_message,
        lesson.call_to_action,
        *points,
        body,
        [entry.answer for entry in faq],
    ]
    cited = [b.value["source"] for b in lesson.body if b.block_type == "citation"]
    return json.dumps(spoken) + "".join(f"[{handle}]" for handle in cited)


def live_lessons(course: CoursePage):
    """Return the lessons that readers can see, in the order in which they are taught."""
    return LessonPage.objects.child_of(course).live().order_by("path")
