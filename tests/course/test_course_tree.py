"""Which lessons are whose, worked out from the paths of the page tree."""

import pytest
from wagtail.models import Page

from course.models import CoursePage, LessonPage
from course.queries import (
    course_of,
    courses_above,
    lessons_by_course,
    live_lessons,
    pages_within,
)
from tests.factories import a_course, a_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses():
    """Three courses of two lessons; two have three more, out of order, and a draft."""
    made = [a_course(), a_course(), a_course()]
    for course in made[:2]:
        lessons = [a_lesson(course) for _ in range(3)]
        a_lesson(course, live=False)
        lessons[-1].move(lessons[0], "left")
    return [CoursePage.objects.get(pk=course.pk) for course in made]


def test_the_tree_is_read_from_paths_as_wagtail_reads_it_row_by_row(courses):
    live = LessonPage.objects.live().order_by("path")
    found = lessons_by_course(courses, live)
    assert found == {course: list(live_lessons(course)) for course in courses}
    assert [len(lessons) for lessons in found.values()] == [5, 5, 2]


def test_lessons_of_other_courses_are_nobody_elses(courses):
    found = lessons_by_course(courses[:1], LessonPage.objects.order_by("path"))
    assert list(found) == courses[:1]
    assert len(found[courses[0]]) == 6


def test_the_course_above_each_lesson_takes_one_query(
    courses, django_assert_num_queries
):
    lessons = list(LessonPage.objects.all())
    with django_assert_num_queries(1):
        found = courses_above(lessons)
    assert found == [course_of(lesson) for lesson in lessons]


def test_within_holds_the_pages_themselves_and_all_below_them(courses):
    pages = Page.objects.filter(pages_within(courses[:1]))
    assert set(pages) == set(Page.objects.descendant_of(courses[0], inclusive=True))
    assert not Page.objects.filter(pages_within([]))
