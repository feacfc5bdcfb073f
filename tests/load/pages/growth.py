"""A second site beside the shipped course: 300 courses, one of 200 lessons."""

from collections.abc import Callable, Iterator

from wagtail.models import Page, Site

from course.models import CoursePage, LessonPage
from course.queries import live_lessons
from home.models import HomePage
from tests.load.pages.site import shipped_course

HOST, PORT = "localhost", 8000
LESSONS, COURSES = 200, 300


def large_home() -> HomePage | None:
    """Return the home page of the large site, if it was made."""
    site = Site.objects.filter(hostname=HOST, is_default_site=False).first()
    return site and HomePage.objects.get(pk=site.root_page_id)


def large_course() -> CoursePage | None:
    """Return the course of many lessons, if it was made."""
    return CoursePage.objects.child_of(large_home()).order_by("path").first()


def make_large_site(
    write_progress: Callable[[int, int], None],
    lessons: int = LESSONS,
    courses: int = COURSES,
) -> None:
    """Make the large site of copies with real bodies. What was begun is made whole."""
    home = large_home() or _make_home()
    made = [*_make_courses(home, courses), *_make_lessons(lessons)]
    for done, make in enumerate(made, start=1):
        make()
        write_progress(done, len(made))


def _make_home():
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Large", slug="large"))
    Site.objects.create(hostname=HOST, port=PORT, root_page=home)
    return home


def _make_courses(home, wanted) -> Iterator[Callable[[], object]]:
    there = CoursePage.objects.child_of(home).count()
    for number in range(there, wanted):
        yield lambda number=number: _copy(shipped_course(), home, number)


def _make_lessons(wanted) -> Iterator[Callable[[], object]]:
    originals = list(live_lessons(shipped_course()))
    course = large_course()
    there = LessonPage.objects.child_of(course).count() if course else 0
    for number in range(there, wanted):
        original = originals[number % len(originals)]
        yield lambda o=original, number=number: _copy(o, large_course(), number)


def _copy(page, parent, number):
    attributes = {
        "slug": f"{page.slug[:40]}-{number}",
        "title": f"{page.title} {number}",
    }
    return page.copy(
        to=parent, update_attrs=attributes, copy_revisions=False, log_action=None
    )
