"""The content of courses and its URLs, for assigning courses and for learning them."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Page

from course.models import CoursePage, LessonPage
from course.queries import (
    has_paused_quiz,
    lessons_by_course,
    live_lessons,
    pages_within,
)
from quizzes.models import Question


@dataclass(frozen=True)
class LessonAddress:
    """A live lesson: its key, title and URL.

    `is_paused` says whether its quiz is paused because its review is long overdue.
    """

    key: str
    title: str
    url: str
    is_paused: bool


@dataclass(frozen=True)
class CourseContent:
    """A live course with its live lessons in teaching order."""

    title: str
    url: str
    lessons: list[LessonAddress]


def course_contents(
    keys: Collection[uuid.UUID], request: HttpRequest, today: dt.date
) -> dict[uuid.UUID, CourseContent]:
    """Return course key → content of each live course, in two queries."""
    courses = list(CoursePage.objects.live().filter(translation_key__in=keys))
    quiz = Question.objects.filter(lesson=OuterRef("pk"))
    lessons = _live_lessons_in(courses).annotate(has_quiz=Exists(quiz))
    return {
        course.translation_key: CourseContent(
            course.title,
            course.get_url(request),
            [_address(page, course, request, today) for page in pages],
        )
        for course, pages in lessons_by_course(courses, lessons).items()
    }


def _live_lessons_in(courses):
    return LessonPage.objects.live().filter(pages_within(courses)).order_by("path")


def _address(page, course, request, today):
    return LessonAddress(
        key=str(page.translation_key),
        title=page.title,
        url=page.get_url(request),
        is_paused=page.has_quiz and has_paused_quiz(page, today, course),
    )


def live_lesson_keys(course_key: uuid.UUID) -> set[str]:
    """Return the keys of the course's live lessons; none if the course is not live."""
    course = CoursePage.objects.live().filter(translation_key=course_key).first()
    return (
        {str(page.translation_key) for page in live_lessons(course)}
        if course
        else set()
    )


def live_courses(
    also: uuid.UUID | None = None,
) -> dict[CoursePage, list[LessonPage]]:
    """Return the live courses with their live lessons, in order, in two queries.

    `also` names a course to include even if it is not live.
    """
    courses = CoursePage.objects.filter(Q(live=True) | Q(translation_key=also))
    found = {course.translation_key: course for course in courses.order_by("-path")}
    return lessons_by_course(
        sorted(found.values(), key=lambda course: course.path),
        LessonPage.objects.live().order_by("path"),
    )


def titles_of(keys: Collection[uuid.UUID | str]) -> dict[str, str]:
    """Return key → title of courses and lessons, including drafts, in one query."""
    pages = Page.objects.filter(translation_key__in=keys).order_by("pk")
    return {
        str(key): title for key, title in pages.values_list("translation_key", "title")
    }


def live_lessons_of(
    course_keys: Collection[uuid.UUID],
) -> dict[uuid.UUID, dict[str, str]]:
    """Return course key → lesson key → title of live lessons in order; two queries.

    A course that is not live has none.
    """
    courses = CoursePage.objects.live().filter(translation_key__in=course_keys)
    rows = courses.only("path", "translation_key").order_by("-pk")
    found = {page.translation_key: page for page in rows}
    lessons = _live_lessons_in(found.values()).only("path", "title", "translation_key")
    return {
        course.translation_key: {str(page.translation_key): page.title for page in own}
        for course, own in lessons_by_course(found.values(), lessons).items()
    }
