"""Queries on lessons and their references."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, UUIDField
from wagtail.models import Page

from course.models import (
    CoursePage,
    FaqEntry,
    GlossaryTerm,
    LessonPage,
    QuestionToAsk,
    Source,
    TreatmentOption,
)
from course.queries.first_language import as_read, in_first_language, original_of
from course.queries.options import options_shown, texts_of_options
from course.queries.references import citing_texts, sources_and_terms
from course.rules.folding import list_unfolded
from course.rules.markers import handles_in
from course.rules.review_dates import last_day_of_quiz, takes_answer
from page_cache.memory import LatePart, recall_part
from page_cache.prepared import Given, PreparedQuery


@dataclass(frozen=True)
class LessonMaterial:
    """What a lesson shows in addition to its body."""

    faq: list[FaqEntry]
    sources: list[Source]
    terms: dict[str, GlossaryTerm]
    to_ask: tuple[QuestionToAsk, ...] = ()
    options: list[TreatmentOption] = field(default_factory=list)
    """The options of the course, if the lesson has a table of them."""
    options_url: str = ""
    shown_faq: frozenset[str] = frozenset()
    """The ids of FAQ entries that a question refers to, which are not folded."""


def course_of(lesson: LessonPage) -> CoursePage:
    """Return the lesson's course, without a query if the lesson was routed to."""
    return lesson.get_parent().specific


def has_paused_quiz(
    lesson: LessonPage, today: dt.date, course: CoursePage | None = None
) -> bool:
    """Return whether the lesson's check is so long overdue that its quiz is paused."""
    return today > _last_day(lesson, course or course_of(lesson))


def takes_answer_asked_on(
    lesson: LessonPage, asked_on: dt.date, today: dt.date
) -> bool:
    """Return whether the lesson's quiz takes an answer to what it asked on that day."""
    return takes_answer(_last_day(lesson, course_of(lesson)), asked_on, today)


def _last_day(lesson, course):
    return last_day_of_quiz(lesson.next_check, course.grace_days)


def lesson_material(lesson: LessonPage, *, also_cited: Iterable[str] = ()) -> LatePart:
    """Return the lesson's LessonMaterial, read in 3 queries when it is used.

    A table of the course's options needs another one, and so do sources that only the
    meaning of a term cites.

    `also_cited` are ids that other text on the page cites. An unsaved preview is read
    from memory.
    """
    cited = tuple(also_cited)
    name = ("material", lesson.pk, cited)
    return LatePart(name, lambda: _read_material(lesson, cited))


def _read_material(lesson, also_cited):
    course = course_of(lesson)
    faq = list(lesson.faq_entries.all())
    options = options_shown(course, lesson.body)
    text = _all_text(lesson, faq) + texts_of_options(options)
    cited = [*handles_in(text), *also_cited]
    handles = list(dict.fromkeys(cited))
    sources, terms = sources_and_terms(course, handles, _terms_named(lesson))
    asked = {question.answered_in for question in lesson.questions.all()}
    return LessonMaterial(
        faq=faq,
        to_ask=_to_ask(lesson),
        shown_faq=frozenset(e.handle for e in faq if f"faq:{e.handle}" in asked),
        sources=sources,
        terms=terms,
        options=options,
        options_url=f"{course.url}options/" if options else "",
    )


def _to_ask(lesson):
    """Return the lesson's questions to ask; no query if its body does not show them."""
    shown = any(block.block_type == "questions_to_ask" for block in lesson.body)
    return tuple(lesson.questions_to_ask.all()) if shown else ()


def sources_by_handle(course: CoursePage, handles: list[str]) -> list[Source]:
    """Return the course's sources with these ids, in this order, in one query."""
    name = ("sources", course.pk, tuple(handles))
    return recall_part(name, lambda: _read_sources(course, handles))


def _read_sources(course, handles):
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
    spoken = [citing_texts(row) for row in (lesson, *faq)]
    cited = [b.value["source"] for b in lesson.body if b.block_type == "citation"]
    return json.dumps(spoken) + "".join(f"[{handle}]" for handle in cited)


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


def lessons_as_read(course: CoursePage) -> list[LessonPage]:
    """Return the lessons that count, each in the reader's language if it is live in it.

    One query; three if the site has several languages.
    """
    lessons = live_lessons(original_of(course)).select_related("locale")
    return as_read(lessons, LessonPage.objects.select_related("locale"))


_IN_SHORT = ("table", "checklist", "options_table", "questions_to_ask")


@dataclass(frozen=True)
class CourseInShort:
    """What somebody with five minutes reads: main messages, options and questions.

    `blocks` are the tables, checklists and questions to ask that the last lesson does
    not fold. `to_ask` are its questions to ask; `options` those of the course, if one of
    the blocks shows them.
    """

    lessons: list[LessonPage]
    blocks: list
    to_ask: tuple[QuestionToAsk, ...]
    options: list[TreatmentOption]
    sources: list[Source]


def course_in_short(course: CoursePage) -> CourseInShort:
    """Return the course on one page, made from its lessons, in 3 queries.

    A table of the options needs another one, and several languages two more.
    """
    lessons = lessons_as_read(course)
    shown = [block for lesson in lessons[-1:] for block in _unfolded(lesson)]
    blocks = [block for block in shown if block.block_type in _IN_SHORT]
    to_ask = tuple(row for lesson in lessons[-1:] for row in _to_ask(lesson))
    options = [o for o in options_shown(course, blocks) if o.benefit_in_short]
    texts = [str(block.block.get_prep_value(block.value)) for block in blocks]
    texts += [lesson.main_message for lesson in lessons]
    texts += [f"{option.benefit_in_short} {option.harm_in_short}" for option in options]
    cited = handles_in(" ".join(texts))
    sources = sources_by_handle(course, cited)
    return CourseInShort(lessons, blocks, to_ask, options, sources)


def _unfolded(lesson):
    return list_unfolded(lesson.body, lambda block: block.block_type)


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


_ORIGINAL = PreparedQuery(
    lambda: in_first_language(
        CoursePage.objects.filter(translation_key=Given("key", UUIDField()))
    )[:1]
)


def course_that_counts(key: uuid.UUID) -> CoursePage | None:
    """Return the course in its first language if it is live in it, or None.

    Its live lessons are those to do, in whatever language somebody does them.
    """
    course = _ORIGINAL.first(key=key)
    return course if course and course.live else None
