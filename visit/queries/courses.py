"""Which courses a visit is about."""

from collections.abc import Collection

from wagtail.models import Page

from course.models import CoursePage
from course.queries.first_language import as_read, in_first_language


def courses_to_weigh(pages: Collection[Page]) -> list[CoursePage]:
    """Return the courses that ask what matters, and that have one of these pages.

    Without such a page it is the only course that asks, if there is just one. Makes two
    queries, one of them for view restrictions; one more if the site has several
    languages.
    """
    readable = CoursePage.objects.live().public()
    asking = readable.filter(statements__isnull=False).distinct().order_by("path")
    counted = list(in_first_language(asking))
    read = as_read(counted, readable)
    found = [
        course
        for original, course in zip(counted, read, strict=True)
        if _has_any(original, pages) or _has_any(course, pages)
    ]
    return found or (read if len(read) == 1 else [])


def _has_any(course, pages):
    return any(page.path.startswith(course.path) for page in pages)
