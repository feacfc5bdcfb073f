"""Which courses a visit is about."""

from collections.abc import Collection

from wagtail.models import Page

from course.models import CoursePage
from languages.content import content_language


def courses_to_weigh(pages: Collection[Page]) -> list[CoursePage]:
    """Return the courses that ask what matters, and that have one of these pages.

    Without such a page it is the only course that asks, if there is just one. Makes two
    queries, one of them for view restrictions.
    """
    spoken = CoursePage.objects.live().public()
    spoken = spoken.filter(locale__language_code=content_language())
    asking = list(spoken.filter(statements__isnull=False).distinct().order_by("path"))
    found = [course for course in asking if _has_any(course, pages)]
    return found or (asking if len(asking) == 1 else [])


def _has_any(course, pages):
    return any(page.path.startswith(course.path) for page in pages)
