"""What courses hold, and where: for those who are asked to learn them. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from course.models import CoursePage, LessonPage
from course.queries import has_paused_quiz
from quizzes.models import Question


@dataclass(frozen=True)
class LessonAddress:
    """A live lesson: its key, what it is called and where it is.

    `is_paused` is whether its quiz rests, because its check is long overdue.
    """

    key: str
    title: str
    url: str
    is_paused: bool


@dataclass(frozen=True)
class CourseContent:
    """A live course with its live lessons, in the order in which they are taught."""

    title: str
    url: str
    lessons: list[LessonAddress]


def course_contents(
    keys: Collection[uuid.UUID], request: HttpRequest, today: dt.date
) -> dict[uuid.UUID, CourseContent]:
    """Return course key → what the course holds, live ones only, in two queries."""
    courses = list(CoursePage.objects.live().filter(translation_key__in=keys))
    below = Q(pk=None)
    for course in courses:
        below |= Q(path__startswith=course.path)
    quiz = Question.objects.filter(lesson=OuterRef("pk"))
    lessons = LessonPage.objects.live().filter(below).annotate(has_quiz=Exists(quiz))
    found = defaultdict(list)
    for page in lessons.order_by("path"):
        found[page.path[: -page.steplen]].append(page)
    return {
        course.translation_key: CourseContent(
            course.title,
            course.get_url(request),
            [_address(page, course, request, today) for page in found[course.path]],
        )
        for course in courses
    }


def _address(page, course, request, today):
    return LessonAddress(
        key=str(page.translation_key),
        title=page.title,
        url=page.get_url(request),
        is_paused=page.has_quiz and has_paused_quiz(page, today, course),
    )
