"""Changes for safety: the questions that learners have to answer again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Learner
from progress.models import LessonProgress
from quizzes.models import Answer, Grade, Question, SafetyUpdate
from quizzes.models.content import ReviewStatus
from quizzes.rules.safety import Answered, is_due


def questions_due(learner: Learner, lessons: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return lesson key → keys of questions to answer again, in at most 4 queries.

    `rules.safety.is_due` defines which they are.
    """
    return questions_due_of([learner.pk], lessons).get(learner.pk, {})


def questions_due_of(
    learners: Collection[int], lessons: Collection[UUID] | QuerySet[Any, Any]
) -> dict[int, dict[UUID, list[str]]]:
    """Return learner → what `questions_due` returns, in as few queries."""
    updates = list(SafetyUpdate.objects.filter(lesson_key__in=lessons))
    if not updates:
        return {}
    changed = {update.lesson_key for update in updates}
    done = _finished(learners, changed)
    answered = _answers(learners, changed) if done else {}
    asked = _asked_now(updates) if done else {}
    due: dict[int, dict[UUID, list[str]]] = {}
    for (learner, lesson), finished in done.items():
        given = answered.get((learner, lesson), [])
        keys = [
            key
            for update in updates
            if update.lesson_key == lesson
            for key in update.questions
            if key in asked.get(lesson, ())
            and is_due(key, given, finished=finished, changed=update.published_at)
        ]
        if keys:
            due.setdefault(learner, {})[lesson] = list(dict.fromkeys(keys))
    return due


def _asked_now(updates) -> dict[UUID, set[str]]:
    """Return the questions of the updates that are still asked."""
    rows = Question.objects.filter(
        lesson__translation_key__in=[update.lesson_key for update in updates],
        translation_key__in=[key for update in updates for key in update.questions],
        review_status=ReviewStatus.CHECKED,
    )
    asked: dict[UUID, set[str]] = {}
    names = rows.values_list("lesson__translation_key", "translation_key")
    for lesson, question in names:
        asked.setdefault(lesson, set()).add(str(question))
    return asked


def _finished(learners, lessons) -> dict[tuple[int, UUID], datetime]:
    """Return (learner, lesson key) → when the learner first finished the lesson."""
    rows = LessonProgress.objects.done().filter(
        enrolment__learner__in=learners, lesson_key__in=lessons
    )
    found: dict[tuple[int, UUID], datetime] = {}
    for row in rows.select_related("enrolment"):
        whose = (row.enrolment.learner_id, row.lesson_key)
        moments = filter(None, (row.passed_at, row.read_at, found.get(whose)))
        found[whose] = min(moments)
    return found


def _answers(learners, lessons) -> dict[tuple[int, UUID], list[Answered]]:
    """Return (learner, lesson key) → answers in order, with their newest marks."""
    newest = Grade.objects.filter(attempt=OuterRef("attempt")).order_by("-run")
    given = Answer.objects.filter(
        attempt__learner__in=learners, attempt__lesson_key__in=lessons
    ).annotate(marks=Subquery(newest.values("marks")[:1]))
    found: dict[tuple[int, UUID], list[Answered]] = {}
    for answer in given.select_related("attempt").order_by("given_at", "pk"):
        attempt, key = answer.attempt, str(answer.question_key)
        is_right = bool(answer.marks) and key in answer.marks["right"]
        answers = found.setdefault((attempt.learner_id, attempt.lesson_key), [])
        answers.append(Answered(key, attempt.started_at, is_right))
    return found
