"""Builders for what proves training: somebody who completed what was assigned."""

import io
import json
import zipfile

from django.utils import timezone

from progress.models import Certificate
from quizzes.actions.safety_updates import record_safety_update
from tests.factories import lessons_of
from tests.training.staff import pass_lesson


def complete(client, learner, course):
    """Take all quizzes of the course as the learner and return the certificate."""
    client.force_login(learner.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    return Certificate.objects.in_force().get(enrolment__learner=learner)


def change_for_safety(lesson):
    """Publish the lesson with another question, as a change for safety."""
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    question = lesson.questions.first()
    question.stem = "What is it now?"
    question.save()
    revision = lesson.save_revision()
    return record_safety_update(lesson=lesson, revision=revision, at=timezone.now())


def files_of(response):
    """Return name → content of the zip that a response carries."""
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def record_in(files, learner):
    """Return what the pack says of the learner."""
    return json.loads(files[f"people/{learner.uuid}.json"])
