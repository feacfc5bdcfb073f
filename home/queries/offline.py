"""What a phone keeps of a course, so that it can be read without a network."""

import uuid
from dataclasses import dataclass

from course.models import CoursePage, LessonPage
from course.queries import live_lessons
from course.queries.first_language import as_read, original_of
from course.queries.options import course_options, course_statements
from course.rules.digests import digest_json
from page_cache.release import release_digest


@dataclass(frozen=True)
class KeptCourse:
    """The addresses of a course that every visitor may read, and a version of them.

    The version changes with each publication and each release.
    """

    title: str
    address: str
    version: str
    pages: list[str]
    papers: list[str]


def kept_course(key: uuid.UUID, locale: int, request) -> KeptCourse | None:
    """Return what a phone keeps of the live course, or None.

    A course that not everybody may read is not kept.
    """
    courses = CoursePage.objects.live().public()
    course = courses.filter(translation_key=key, locale=locale).first()
    if course is None:
        return None
    original = live_lessons(original_of(course)).public()
    lessons = as_read(original, LessonPage.objects.public())
    address = course.get_url(request)
    below = [lesson.get_url(request) for lesson in lessons]
    return KeptCourse(
        title=course.title,
        address=address,
        version=_version_of([course, *lessons]),
        pages=[address, f"{address}short/", *_on_options(course, address), *below],
        papers=[f"{lesson}quiz/paper/" for lesson in below],
    )


def _on_options(course, address):
    """Return the pages on which readers weigh the options, if the course has any."""
    pages = {
        "options": course_options(course),
        "all-options": course_options(course),
        "what-matters": course_statements(course),
    }
    return [f"{address}{page}/" for page, content in pages.items() if content]


def _version_of(pages):
    published = [[page.url_path, str(page.last_published_at)] for page in pages]
    return digest_json([release_digest(), published])
