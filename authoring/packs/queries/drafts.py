"""Pages in languages that only go live once they are signed off: packs hold drafts."""

from typing import TypeVar

from django.conf import settings
from django.db.models import Q
from wagtail.models import Locale, Page

from authoring.rules.going_live import needs_own_sign_off
from course.models import CoursePage, LessonPage
from course.queries import live_lessons

AnyPage = TypeVar("AnyPage", bound=Page)


def saves_drafts_in(locale: Locale) -> bool:
    """Return whether what is loaded in this language is saved as drafts."""
    return needs_own_sign_off(locale.language_code, settings.LANGUAGE_CODE)


def pages_to_export(course: CoursePage) -> tuple[CoursePage, list[LessonPage]]:
    """Return the course and its lessons, in the versions that a pack holds.

    That is the live ones, or where drafts are loaded, the newest ones: translators work
    on them. Lessons that somebody unpublished are left out.
    """
    if not saves_drafts_in(course.locale):
        return course, list(live_lessons(course))
    lessons = LessonPage.objects.child_of(course).filter(
        Q(live=True) | Q(first_published_at=None)
    )
    return _newest(course), [_newest(lesson) for lesson in lessons.order_by("path")]


def _newest(page: AnyPage) -> AnyPage:
    newest: AnyPage = page.get_latest_revision_as_object()
    return newest
