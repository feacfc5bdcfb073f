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
    course_that_counts,
    has_paused_quiz,
    lessons_by_course,
    live_lessons,
    pages_within,
)
from course.queries.first_language import as_read, in_first_language
from languages.content import title_of
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
    """A live course with its live lessons in teaching order.

    `first_title` is the title in the course's first language.
    """

    title: str
    first_title: str
    url: str
    lessons: list[LessonAddress]


def course_contents(
    keys: Collection[uuid.UUID], request: HttpRequest, today: dt.date
) -> dict[uuid.UUID, CourseContent]:
    """Return course key → content of each live course, in two queries.

    Its lessons are those that count, each in the reader's language where it is live in
    it: two more queries if the site has several languages.
    """
    courses = list(_courses_that_count(keys))
    lessons = _with_quiz(_live_lessons_in(courses))
    found = lessons_by_course(courses, lessons)
    read = as_read(courses, CoursePage.objects.all())
    pages = _as_read_by_key(lessons)
    return {
        course.translation_key: CourseContent(
            title_of(named),
            title_of(course),
            named.get_url(request),
            [
                _address(pages[page.translation_key], course, request, today)
                for page in found[course]
            ],
        )
        for course, named in zip(courses, read, strict=True)
    }


def _courses_that_count(keys):
    """Return the courses that are live in their first language."""
    pages = CoursePage.objects.live().filter(translation_key__in=keys)
    return in_first_language(pages)


def _with_quiz(lessons):
    quiz = Question.objects.filter(lesson=OuterRef("pk"))
    return lessons.annotate(has_quiz=Exists(quiz))


def _as_read_by_key(lessons):
    read = as_read(lessons, _with_quiz(LessonPage.objects))
    return {page.translation_key: page for page in read}


def _live_lessons_in(courses):
    return LessonPage.objects.live().filter(pages_within(courses)).order_by("path")


def _address(page, course, request, today):
    return LessonAddress(
        key=str(page.translation_key),
        title=title_of(page),
        url=page.get_url(request),
        is_paused=page.has_quiz and has_paused_quiz(page, today, course),
    )


def live_lesson_keys(course_key: uuid.UUID) -> set[str]:
    """Return the keys of the course's live lessons; none if the course is not live."""
    course = course_that_counts(course_key)
    return (
        {str(page.translation_key) for page in live_lessons(course)}
        if course
        else set()
    )


def live_courses(
    also: uuid.UUID | None = None,
) -> dict[CoursePage, list[LessonPage]]:
    """Return the live courses with their live lessons, in order, in two queries.

    Both are in the course's first language.

    `also` names a course to include even if it is not live.
    """
    courses = CoursePage.objects.filter(Q(live=True) | Q(translation_key=also))
    return lessons_by_course(
        in_first_language(courses).order_by("path"),
        LessonPage.objects.live().order_by("path"),
    )


def titles_of(keys: Collection[uuid.UUID | str]) -> dict[str, str]:
    """Return key → title of courses and lessons, including drafts, in one query.

    Each is in its first language.
    """
    pages = in_first_language(Page.objects.filter(translation_key__in=keys))
    return {
        str(key): title for key, title in pages.values_list("translation_key", "title")
    }


def live_lessons_of(
    course_keys: Collection[uuid.UUID],
) -> dict[uuid.UUID, dict[str, str]]:
    """Return course key → lesson key → title of live lessons in order; two queries.

    They are those of the course's first language. A course that is not live in it has
    none.
    """
    courses = list(_courses_that_count(course_keys).only("path", "translation_key"))
    lessons = _live_lessons_in(courses).only("path", "title", "translation_key")
    return {
        course.translation_key: {str(page.translation_key): page.title for page in own}
        for course, own in lessons_by_course(courses, lessons).items()
    }
