"""Receive Wagtail's signals. Connected in `AppConfig.ready()`."""

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from course.models import LessonPage
from quizzes.actions import going_live
from quizzes.actions.safety_updates import mark_page_for_safety


def lesson_published(instance, revision, *, alias=False, **_signal):
    """Apply the draft's decision about earlier answers, now that it is live.

    Wagtail also sends this signal when a page is only scheduled, see
    https://github.com/wagtail/wagtail/issues/13959, and for an alias, whose answers
    stay as they were marked.
    """
    if alias or not instance.live:
        return
    lesson = LessonPage.objects.get(pk=instance.pk)
    user = get_active_log_context().user or revision.user
    going_live.take_effect(
        lesson=lesson, revision=revision, actor=user, at=timezone.now()
    )
    marks = mark_page_for_safety(lesson)
    # Wagtail keeps using the page in memory, and saving it would restore the old
    # values.
    for name, value in (going_live.START | marks).items():
        setattr(instance, name, value)
