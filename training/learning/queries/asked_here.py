"""What the reader is asked to learn in one course, for the course's pages."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from accounts.identity import learner_for
from accounts.models import Learner
from training.assignments.models import Status
from training.assignments.queries.learning import may_have_obligations, obligations_of
from training.learning.queries.items import LearningItem, LearningLesson
from training.learning.queries.my_learning import items_of, without_renewed


@dataclass(frozen=True)
class AskedHere:
    """One of the reader's obligations, with its line about the page's lesson."""

    item: LearningItem
    lesson: LearningLesson | None


def asked_here(
    request: HttpRequest, course_key: uuid.UUID, lesson_key: uuid.UUID | None
) -> list[AskedHere]:
    """Return what the reader is asked to do in the course or the lesson.

    No query for people without an account, one for people who are not asked anything.
    """
    learner = learner_for(request)
    items = _items(learner, course_key, request) if learner else []
    found = [AskedHere(item, _line(item, lesson_key)) for item in items]
    return [each for each in found if each.lesson or lesson_key is None]


def lessons_not_as_asked(
    *, learner: Learner, course_key: uuid.UUID, request: HttpRequest
) -> set[str]:
    """Return the keys of lessons that the learner has still been asked to do."""
    return {
        line.key
        for item in _items(learner, course_key, request)
        if _is_to_do(item)
        for line in item.lessons
        if not line.is_done
    }


def _is_to_do(item):
    now = item.is_open and item.status != Status.UPCOMING
    return now and not item.is_handed_over


def _line(item, lesson_key):
    key = str(lesson_key)
    return next((line for line in item.lessons if line.key == key), None)


def _items(learner, course_key, request) -> list[LearningItem]:
    """Return the learner's items in the course, read once per request."""
    if learner.user_id is None:
        return []
    read = request.__dict__.setdefault("_asked_here", {})
    if course_key not in read:
        at = timezone.now()
        rows = [
            row
            for row in without_renewed(_obligations_of(learner, at))
            if row.assignment.course_key == course_key
        ]
        read[course_key] = items_of(rows, learner, at, request) if rows else []
    return read[course_key]


def _obligations_of(learner, at):
    """Return them for a page that most learners read without being asked anything."""
    return obligations_of(learner, at) if may_have_obligations(learner) else []
