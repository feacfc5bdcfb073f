"""Receivers of Wagtail signals: a page went live, by any route."""

from django.db import transaction
from django.utils import timezone

from course.models.pages import ReviewedPage
from training.assignments.actions.pauses import follow_pauses, record_last_days


def review_date_went_live(instance, **kwargs):
    """End a pause at once when the review date is renewed, and add its days."""
    if not isinstance(instance, ReviewedPage):
        return
    at = timezone.now()
    courses = record_last_days(at=at)
    if courses:
        transaction.on_commit(lambda: follow_pauses(at=at, course_keys=courses))
