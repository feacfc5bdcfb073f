"""Queries for the home page: its courses, and where a learner stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.http import HttpRequest

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries import pages_within
from course.queries.first_language import as_read
from home.models import HomePage
from home.queries.pages import courses_below
from languages.content import WordsIn
from page_cache.memory import recall_part
from progress.queries import enrolled_course_keys
from quizzes.queries.outline import CourseOutline, course_outline

COURSES_A_PAGE = 24


@dataclass(frozen=True)
class ListedCourse:
    """A course on the home page. `outline` is None until the learner begins it.

    `course` is its page, if it is the only course of the site.
    """

    key: UUID
    title: str
    summary: str
    url: str
    lessons: int
    minutes: int
    course: CoursePage | None
    outline: CourseOutline | None = None


@dataclass(frozen=True)
class CourseList:
    """One page of the courses of a home page, in page order, and how many pages there are."""

    courses: tuple[ListedCourse, ...]
    number: int
    pages: int

    @property
    def previous(self) -> int | None:
        """The number of the page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, or None."""
        return self.number + 1 if self.number < self.pages else None


@dataclass(frozen=True)
class FrontPage:
    """Live courses of the home page: those on one page of the list.

    `begun` are the outlines of all courses that the learner has begun.
    """

    listed: CourseList
    begun: Mapping[UUID, CourseOutline]

    @cached_property
    def courses(self) -> list[ListedCourse]:
        return [
            replace(each, outline=self.begun.get(each.key))
            for each in self.listed.courses
        ]

    @property
    def only(self) -> ListedCourse | None:
        """The course of a site with a single one."""
        return next((each for each in self.courses if each.course), None)

    @cached_property
    def resumed(self) -> CourseOutline | None:
        """The course that the learner goes on with: first one with an open quiz."""
        going_on = [
            each
            for each in self.begun.values()
            if each.has_started and not each.complete
        ]
        return min(going_on, key=lambda each: not each.has_open_quiz, default=None)


def front_page(
    home: HomePage, learner: Learner | None, request: HttpRequest
) -> FrontPage:
    """Return one page of the home page's courses, as `page` in the address says.

    The list takes three queries, and is remembered for pages that are read. There are
    two more for a learner, and up to three per course begun.
    """
    number = request.GET.get("page")
    listed = recall_part(
        ("course list", home.pk, number), lambda: _list_courses(home, number, request)
    )
    begun = _outlines_begun(home, learner, request) if learner else {}
    return FrontPage(listed, begun)


def _list_courses(home, number, request):
    paginator = Paginator(courses_below(home), COURSES_A_PAGE)
    page = paginator.get_page(number)
    counted = list(page)
    extents = _extents_of(counted)
    read = as_read(counted, CoursePage.objects.select_related("locale"))
    courses = (
        _listed(named, request, *extents.get(course.path, (0, 0)), paginator.count)
        for course, named in zip(counted, read, strict=True)
    )
    return CourseList(tuple(courses), page.number, paginator.num_pages)


def _listed(course, request, lessons, minutes, of):
    language = course.locale.language_code
    return ListedCourse(
        key=course.translation_key,
        title=WordsIn(course.title, language),
        summary=WordsIn(course.summary, language),
        url=course.get_url(request),
        lessons=lessons,
        minutes=minutes,
        course=course if of == 1 else None,
    )


def _outlines_begun(home, learner, request):
    """Return course key → outline for the courses that the learner has begun."""
    keys = enrolled_course_keys(learner)
    courses = courses_below(home).filter(translation_key__in=keys) if keys else []
    return {
        course.translation_key: course_outline(course, learner, request)
        for course in as_read(courses, CoursePage.objects.all())
    }


def _extents_of(courses):
    """Return path of a course → how many live lessons it has, and their minutes."""
    if not courses:
        return {}
    lessons = LessonPage.objects.live().filter(pages_within(courses))
    of_course = lessons.annotate(above=Substr("path", 1, len(courses[0].path)))
    counted = of_course.order_by().values("above")
    rows = counted.annotate(lessons=Count("pk"), time=Sum("minutes"))
    return {row["above"]: (row["lessons"], row["time"]) for row in rows}
