"""Receive that a page went live, however it was published, or shared text changed."""

from django.utils import timezone

from authoring.review.actions.sign_offs import note_live_content, note_shared_signs
from course.models.pages import ReviewedPage


def page_went_live(instance, revision, **kwargs):
    if isinstance(instance, ReviewedPage):
        note_live_content(page=revision.as_object(), at=timezone.now())


def danger_signs_were_saved():
    note_shared_signs(at=timezone.now())
