"""What happens to earlier answers when a quiz goes live. Safe to call again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from course.models import LessonPage
from course.models.lessons import GivenAnswers, KindOfChange
from quizzes.actions.beginning import freeze_paper
from quizzes.actions.regrade_jobs import mark_again
from quizzes.actions.safety_updates import record_safety_update
from quizzes.models import Paper, Publication
from quizzes.queries.attempts import paper_of
from quizzes.rules.regrading import LEAVES_ALONE, changed_answers

START = {
    "kind_of_change": KindOfChange.WORDING.value,
    "given_answers": GivenAnswers.KEEP.value,
}


@transaction.atomic
def take_effect(*, lesson: LessonPage, revision: Any, actor: Any, at: datetime) -> None:
    """Apply the author's decision about earlier answers when a lesson goes live.

    The wording is recorded as live and the decision is reset, so that publishing the
    same revision again changes nothing.
    """
    decision = {name: getattr(lesson, name) for name in START}
    before, now = _live_before(lesson), paper_of(lesson)
    publication = None
    if decision != START or before is None or before.content != now:
        earlier = before and before.content
        publication = _remember(lesson, earlier, now, decision, actor, at)
    if decision["kind_of_change"] == KindOfChange.SAFETY:
        record_safety_update(lesson=lesson, revision=revision, at=at)
    if before and decision["given_answers"] not in LEAVES_ALONE:
        mark_again(lesson=lesson, publication=publication, before=before, at=at)
    if decision != START:
        _start_afresh(lesson, revision, decision)


def _live_before(lesson):
    """Return the paper that was live until now, or None if nothing was answered.

    For a lesson that was last published before publications were recorded, this is its
    newest paper.
    """
    of_lesson = {
        "lesson_key": lesson.translation_key,
        "locale": lesson.locale.language_code,
    }
    last = Publication.objects.filter(**of_lesson).select_related("paper").last()
    return last.paper if last else Paper.objects.filter(**of_lesson).last()


def _remember(lesson, before, now, decision, actor, at):
    """Record, and return, what is live now, and the questions whose right answer was changed.

    If the author only changes the wording, the right answers count as unchanged.
    """
    by_words = decision["kind_of_change"] != KindOfChange.WORDING
    return Publication.objects.create(
        lesson_key=lesson.translation_key,
        locale=now.locale,
        paper=freeze_paper(now, at),
        changed_answers=changed_answers(before, now, by_words=by_words)
        if before
        else [],
        actor=actor,
        published_at=at,
        **decision,
    )


def _start_afresh(lesson, revision, decision):
    """Reset the decision on the live page, in its revision and in a later draft.

    A later draft with a different decision keeps that decision.
    """
    LessonPage.objects.filter(pk=lesson.pk).update(**START)
    latest = lesson.latest_revision
    carried = latest and decision == {n: latest.content.get(n) for n in START}
    for stale in (revision, latest if carried else None):
        if stale:
            stale.content |= START
            type(stale).objects.filter(pk=stale.pk).update(content=stale.content)
