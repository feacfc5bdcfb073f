"""What keeps lessons from going live, and how many findings the rules have.

Checking a lesson takes a moment, so the counts are kept until something they depend on
changes, or the day.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max, QuerySet
from wagtail.models import Page

from authoring.review.models import ClinicalReview, KeyConfirmation
from authoring.review.queries.checks import checks_of
from authoring.review.queries.keys_to_check import keys_to_check
from course.models import CoursePage, LessonPage, Source
from course.queries import courses_above
from course.rules.digests import digest_text
from quizzes.forms.publishing import TO_CHECK
from quizzes.models.content import ReviewStatus
from quizzes.panels.editing import places_in_lesson
from quizzes.rules.question_validation import find_flaws

_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class LessonFaults:
    """`fields` (by name) and `questions` must be finished before the draft goes live.

    `findings` is what “Content health” counts, and `keys` are to be confirmed.
    """

    fields: tuple[str, ...] = ()
    questions: int = 0
    findings: int = 0
    keys: int = 0


def lesson_faults(
    pages: QuerySet[Page], today: dt.date
) -> list[tuple[LessonPage, LessonFaults]]:
    """Return each lesson among the pages with the faults of its newest draft.

    The number of queries does not depend on that of the lessons.
    """
    lessons = list(
        LessonPage.objects.filter(pk__in=pages.order_by().values("pk"))
        .select_related("locale")
        .only(
            "title", "draft_title", "path", "depth", "latest_revision_id",
            "latest_revision_created_at", "locale", "live", "translation_key",
        )
        .order_by("path")
    )  # fmt: skip
    names = _names(lessons, today)
    known = cache.get_many(names.values())
    missing = [lesson.pk for lesson in lessons if names[lesson.pk] not in known]
    counted = _count_faults(missing, today) if missing else {}
    cache.set_many({names[pk]: found for pk, found in counted.items()}, _DAY)
    return [
        (lesson, counted.get(lesson.pk) or known[names[lesson.pk]])
        for lesson in lessons
    ]


def _names(lessons: Sequence[LessonPage], today: dt.date) -> dict[int, str]:
    """Return lesson → the name of what is kept, which changes with all it comes from.

    Lessons explain words to those after them, and the course has the sources.
    """
    reviews = ClinicalReview.objects.aggregate(newest=Max("pk"))["newest"]
    keys = KeyConfirmation.objects.aggregate(newest=Max("pk"))["newest"]
    saved: dict[CoursePage, list[object]] = {}
    courses = dict(zip(lessons, courses_above(lessons), strict=True))
    names = {}
    for lesson, course in courses.items():
        before = saved.setdefault(course, [course.last_published_at, course.title])
        before += [
            lesson.pk,
            lesson.latest_revision_id,
            lesson.latest_revision_created_at,
        ]
        parts = map(str, (lesson.pk, today, reviews, keys, *before))
        names[lesson.pk] = f"lesson-faults:{digest_text('/'.join(parts))}"
    return names


def _count_faults(keys: Iterable[int], today: dt.date) -> dict[int, LessonFaults]:
    lessons = LessonPage.objects.filter(pk__in=keys).select_related(
        "locale", "latest_revision"
    )
    whole = lessons.prefetch_related("faq_entries", "questions_to_ask", "questions")
    drafts = [draft_in_memory(lesson) for lesson in whole]
    sources = _sources_of(courses_above(drafts))
    found = zip(
        drafts,
        courses_above(drafts),
        checks_of(drafts, today),
        keys_to_check(drafts),
        strict=True,
    )
    return {
        draft.pk: LessonFaults(
            fields=_blank_fields(draft),
            questions=_unfinished_questions(draft, sources.get(course.pk, set())),
            findings=checks.count,
            keys=len(own),
        )
        for draft, course, checks, own in found
    }


def draft_in_memory(lesson: LessonPage) -> LessonPage:
    """Return the lesson's newest draft, without a query where it has a newest revision.

    Wagtail's own way looks up each row that the draft refers to.
    """
    if not (lesson.has_unpublished_changes and lesson.latest_revision):
        return lesson
    content = lesson.latest_revision.content
    draft = LessonPage.from_serializable_data(content, check_fks=False)
    for name in ("pk", "path", "depth", "locale", "translation_key"):
        setattr(draft, name, getattr(lesson, name))
    return draft


def _sources_of(courses: Iterable[CoursePage]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Source.objects.filter(course__in=set(courses))
    for course, handle in rows.values_list("course", "handle"):
        found.setdefault(course, set()).add(handle)
    return found


def _blank_fields(draft: LessonPage) -> tuple[str, ...]:
    required = [f for f in draft._meta.concrete_fields if f.editable and not f.blank]
    texts = [field for field in required if field.empty_strings_allowed]
    return tuple(f.name for f in texts if not str(getattr(draft, f.attname)).strip())


def _unfinished_questions(draft: LessonPage, sources: set[str]) -> int:
    places = places_in_lesson(draft)
    return sum(
        question.review_status in TO_CHECK
        or bool(find_flaws(question.frozen(), sources=sources, places=places))
        for question in draft.questions.all()
        if question.review_status != ReviewStatus.LEFT_OUT
    )
