"""Receivers of Wagtail's page signals. Connected in `AppConfig.ready()`.

Each waits for the end of the transaction: while many pages are taken offline one by
one, or a course is deleted with its lessons, the course is temporarily incomplete.
"""

from functools import partial

from django.db import transaction
from django.utils import timezone

from course.models import CoursePage, LessonPage
from progress.actions.enrolments import catch_up


def lesson_published(instance, *, alias=False, **_signal):
    if not alias and instance.live:
        _after_commit(instance.get_parent())


def lesson_unpublished(instance, **_signal):
    """Wagtail also sends this when a live page is deleted."""
    _after_commit(instance.get_parent())


def lesson_moved(parent_page_before, parent_page_after, **_signal):
    if parent_page_before != parent_page_after:
        _after_commit(parent_page_before)
        _after_commit(parent_page_after)


def course_published(instance, **_signal):
    if instance.live:
        _after_commit(instance)


def connect_receivers(*, published, unpublished, moved):
    """Connect to these Wagtail signals."""
    published.connect(lesson_published, sender=LessonPage)
    published.connect(course_published, sender=CoursePage)
    unpublished.connect(lesson_unpublished, sender=LessonPage)
    moved.connect(lesson_moved, sender=LessonPage)


def _after_commit(course):
    key = course.specific.translation_key
    transaction.on_commit(partial(_catch_up, key), robust=True)


def _catch_up(course_key):
    catch_up(course_key=course_key, at=timezone.now())
