"""Saving what somebody said about a lesson."""

import datetime as dt
import uuid

from django.utils import timezone

from clarity.models import ClarityAnswer
from course.models import LessonPage


def say_whether_clear(
    *,
    lesson: LessonPage,
    is_clear: bool,
    words: str,
    form_key: uuid.UUID,
    at: dt.datetime,
) -> ClarityAnswer:
    """Save the answer, without who gave it; return it. A form posted twice is one."""
    answer, _is_new = ClarityAnswer.objects.get_or_create(
        form_key=form_key,
        defaults={
            "lesson_key": lesson.translation_key,
            "locale": lesson.locale.language_code,
            "is_clear": is_clear,
            "words": words,
            "given_on": timezone.localdate(at),
        },
    )
    return answer
