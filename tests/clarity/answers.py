"""Answers to “Was this clear?”."""

import uuid

from django.utils import timezone

from clarity.models import ClarityAnswer


def said(lesson, *, words="", is_clear=False, day=None):
    return ClarityAnswer.objects.create(
        form_key=uuid.uuid4(),
        lesson_key=lesson.translation_key,
        locale="en",
        is_clear=is_clear,
        words=words,
        given_on=day or timezone.localdate(),
    )
