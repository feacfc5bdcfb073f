"""Withdraw schedules that came too early, and publish lessons with their course."""

from datetime import datetime

from django.db import transaction
from wagtail.models import Revision

from authoring.review.queries.going_live import missing_of
from course.models import CoursePage, LessonPage


@transaction.atomic
def withdraw_early_schedules(*, at: datetime) -> None:
    """Take back the schedule of each version that is due but may not go live yet.

    This happens if the danger signs, which are signed with a lesson, have changed since
    its version was scheduled.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lt=at)
    for revision in due.select_for_update():
        if missing_of(revision.as_object()):
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])


@transaction.atomic
def publish_waiting_lessons(*, course: CoursePage) -> None:
    """Publish the signed lessons that waited for their course to go live.

    Lessons that were live before stay as they are: somebody unpublished them.
    """
    drafts = LessonPage.objects.child_of(course).not_live()
    for lesson in drafts.filter(first_published_at=None).order_by("path"):
        revision = lesson.get_latest_revision()
        if revision and not missing_of(revision.as_object()):
            revision.publish()
