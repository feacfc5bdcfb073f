"""Changes for safety: what changed, who is to be asked about it, and who was."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import PageLogEntry

from accounts.models import Learner
from course.models import LessonPage
from progress.models import LessonProgress
from quizzes.models import Answer, SafetyUpdate
from quizzes.queries import paper_of


@transaction.atomic
def note_safety_update(*, lesson: LessonPage, revision: Any, at: datetime) -> None:
    """Remember what a revision that went live for safety changed, and mark the page.

    The questions to ask again are those that changed and those answered in a passage
    that did. Doing it again for the same revision adds nothing.
    """
    before = _live_before(lesson, revision)
    places = changed_places(before, lesson) if before else []
    asked = {q.key: q for q in paper_of(before).questions} if before else {}
    questions = [
        question.key
        for question in paper_of(lesson).questions
        if asked.get(question.key) != question or question.answered_in in places
    ]
    SafetyUpdate.objects.get_or_create(
        lesson_key=lesson.translation_key,
        locale=lesson.locale.language_code,
        revision=revision.pk,
        defaults={"places": places, "questions": questions, "published_at": at},
    )


def mark_page(lesson: LessonPage) -> dict[str, Any]:
    """Write on the live page when it last changed for safety and where; return that.

    Drafts carry older marks, so this follows each publishing.
    """
    newest = (
        SafetyUpdate.objects.filter(
            lesson_key=lesson.translation_key, locale=lesson.locale.language_code
        )
        .order_by("published_at")
        .last()
    )
    marks = {
        "safety_changed_at": newest and newest.published_at,
        "safety_places": newest.places if newest else [],
    }
    if any(getattr(lesson, name) != value for name, value in marks.items()):
        LessonPage.objects.filter(pk=lesson.pk).update(**marks)
    return marks


def _live_before(lesson, revision):
    """Return the lesson as it was live before; None where no such revision is kept."""
    published = PageLogEntry.objects.filter(
        page=lesson.pk, action="wagtail.publish", revision__isnull=False
    ).exclude(revision=revision)
    last = published.select_related("revision").order_by("timestamp", "pk").last()
    return last.revision.as_object() if last else None


def changed_places(before: LessonPage, now: LessonPage) -> list[str]:
    """Return the passages that differ, as questions name them: #anchor or faq:entry."""
    old, new = _passages(before), _passages(now)
    return [place for place, text in new.items() if old.get(place) != text]


def _passages(lesson) -> dict[str, Any]:
    """Return the contents of sections and FAQ entries; ids of blocks do not count."""
    found: dict[str, Any] = {}
    place = "#"
    for block in lesson.body:
        if block.block_type == "heading":
            place = f"#{block.value['anchor']}"
        value = block.block.get_prep_value(block.value)
        found.setdefault(place, []).append((block.block_type, value))
    for entry in lesson.faq_entries.all():
        found[f"faq:{entry.handle}"] = (entry.question, entry.answer)
    return found


def questions_due(learner: Learner, lessons: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return lesson key → keys of questions to answer again; 3 queries at most."""
    return updates_due([learner.pk], lessons).get(learner.pk, {})


def updates_due(
    learners: Collection[int], lessons: Collection[UUID]
) -> dict[int, dict[UUID, list[str]]]:
    """Return learner id → lesson key → keys of questions to answer again.

    Due are the questions of updates that came after the learner had finished the
    lesson, until they were answered once more, right or wrong. 3 queries at most.
    """
    updates = list(SafetyUpdate.objects.filter(lesson_key__in=lessons))
    if not updates:
        return {}
    done = _finished(learners, {update.lesson_key for update in updates})
    answered = _last_answers(learners, updates) if done else {}
    due: dict[int, dict[UUID, list[str]]] = defaultdict(dict)
    for (learner, lesson), finished in done.items():
        later = [
            update
            for update in updates
            if update.lesson_key == lesson and finished < update.published_at
        ]
        if keys := _unanswered(learner, later, answered):
            due[learner][lesson] = keys
    return due


def _unanswered(learner, updates, answered) -> list[str]:
    keys = {
        key: None
        for update in updates
        for key in update.questions
        if not (
            (learner, key) in answered and answered[learner, key] >= update.published_at
        )
    }
    return list(keys)


def _finished(learners, lessons) -> dict[tuple[int, UUID], datetime]:
    rows = (
        LessonProgress.objects.done()
        .filter(enrolment__learner__in=learners, lesson_key__in=lessons)
        .select_related("enrolment")
    )
    return {
        (row.enrolment.learner_id, row.lesson_key): min(
            filter(None, (row.passed_at, row.read_at))
        )
        for row in rows
    }


def _last_answers(learners, updates) -> dict[tuple[int, str], datetime]:
    keys = {key for update in updates for key in update.questions}
    given = Answer.objects.filter(attempt__learner__in=learners, question_key__in=keys)
    rows = given.order_by("given_at").values_list(
        "attempt__learner", "question_key", "given_at"
    )
    return {(learner, str(key)): at for learner, key, at in rows}
