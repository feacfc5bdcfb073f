"""Receive that a page went live, however it was published, or shared text changed."""

from django.utils import timezone

from authoring.review.actions.going_live import publish_waiting_lessons
from authoring.review.actions.sign_offs import note_live_content, note_shared_signs
from authoring.review.queries.going_live import (
    WHAT_TO_DO,
    missing_of,
    waits_for_sign_off,
)
from course.events import UnableToGoLive
from course.models import CoursePage
from course.models.pages import ReviewedPage


def page_went_live(instance, revision, **kwargs):
    if isinstance(instance, ReviewedPage):
        note_live_content(page=revision.as_object(), at=timezone.now())
    if isinstance(instance, CoursePage) and waits_for_sign_off(instance):
        publish_waiting_lessons(course=instance)


def page_goes_live(page):
    """Raise UnableToGoLive if the page needs a sign-off of its own first."""
    if missing := missing_of(page):
        raise UnableToGoLive(WHAT_TO_DO[missing])


def danger_signs_were_saved():
    note_shared_signs(at=timezone.now())
