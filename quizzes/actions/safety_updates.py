"""Record changes for safety when they go live. Safe to call again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import PageLogEntry

from course.models import LessonPage
from course.rules.comparison import is_same_content
from quizzes.models import SafetyUpdate
from quizzes.queries.attempts import paper_of
from quizzes.rules.question_comparison import teaches_the_same

# The actions that Wagtail logs when a revision goes live, at once or as scheduled.
WENT_LIVE = ("wagtail.publish", "wagtail.publish.scheduled")


@transaction.atomic
def record_safety_update(*, lesson: LessonPage, revision: Any, at: datetime) -> None:
    """Record what a revision published for safety changed, and what to ask again.

    The questions to ask again are those that changed and those answered in a passage
    that changed. Recording the same revision again changes nothing.
    """
    before = _live_before(lesson, revision)
    places = changed_places(before, lesson) if before else []
    asked = {q.key: q for q in paper_of(before).questions} if before else {}
    questions = [
        question.key
        for question in paper_of(lesson).questions
        if question.key not in asked
        or not teaches_the_same(asked[question.key], question)
        or question.answered_in in places
    ]
    SafetyUpdate.objects.get_or_create(
        lesson_key=lesson.translation_key,
        locale=lesson.locale.language_code,
        revision=revision.pk,
        defaults={"places": places, "questions": questions, "published_at": at},
    )


def mark_page_for_safety(lesson: LessonPage) -> dict[str, Any]:
    """Set when and where the live page last changed for safety. Return the values.

    Drafts may have older values, so this is done each time a page is published.
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
    """Return the lesson as it was live before, or None if that revision is gone."""
    published = PageLogEntry.objects.filter(
        page=lesson.pk, action__in=WENT_LIVE, revision__isnull=False
    ).exclude(revision=revision)
    last = published.select_related("revision").order_by("timestamp", "pk").last()
    return last.revision.as_object() if last else None


def changed_places(before: LessonPage, now: LessonPage) -> list[str]:
    """Return the passages that differ, as questions refer to them (#… or faq:…)."""
    old, new = _passages(before), _passages(now)
    return [
        place
        for place, text in new.items()
        if place not in old or not is_same_content(old[place], text)
    ]


def _passages(lesson) -> dict[str, Any]:
    """Return the contents of sections and FAQ entries, without ids of blocks."""
    found: dict[str, Any] = {}
    place = "#"
    for block in lesson.body:
        if block.block_type == "heading":
            place = f"#{block.value['anchor']}"
        value = block.block.get_prep_value(block.value)
        found.setdefault(place, []).append((block.block_type, value))
        if block.block_type == "questions_to_ask":
            found[place] += [row.text for row in lesson.questions_to_ask.all()]
    for entry in lesson.faq_entries.all():
        found[f"faq:{entry.handle}"] = (entry.question, entry.answer)
    return found
