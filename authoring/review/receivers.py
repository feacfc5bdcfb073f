"""Receive Wagtail's signal that a page went live, however it was published."""

from django.utils import timezone

from authoring.review.actions.sign_offs import note_live_content
from course.models.pages import ReviewedPage


def page_went_live(instance, revision, **kwargs):
    if isinstance(instance, ReviewedPage):
        note_live_content(page=revision.as_object(), at=timezone.now())
