"""What happens to earlier answers when a quiz changes. Safe to call again."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actions.learners import lock_learners
from course.models import LessonPage
from course.models.lessons import GivenAnswers, KindOfChange
from progress.actions.enrolments import complete_lessons
from quizzes.actions.answering import grade_attempt
from quizzes.actions.beginning import freeze_paper
from quizzes.actions.safety_updates import record_safety_update
from quizzes.models import (
    Attempt,
    Grade,
    Paper,
    Publication,
    SeenChange,
    SeenGrade,
)
from quizzes.queries.attempts import paper_of, unseen_changes, unseen_grades
from quizzes.queries.regrade_plan import RegradePlan, RegradeResult, plan_regrade
from quizzes.rules import paper as papers
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.regrading import LEAVES_ALONE, changed_answers

REASONS = {
    GivenAnswers.FULL_CREDIT: _(
        "the quiz changed, and everyone who answered the changed questions gets full "
        "credit"
    ),
    GivenAnswers.BOTH_RIGHT: _(
        "the quiz changed, and both the old and the new answer count as right"
    ),
    GivenAnswers.RE_MARK: _(
        "the quiz changed, and earlier answers are marked against the new version"
    ),
}
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
    if decision != START or before is None or before.content != now:
        _remember(lesson, before and before.content, now, decision, actor, at)
    if decision["kind_of_change"] == KindOfChange.SAFETY:
        record_safety_update(lesson=lesson, revision=revision, at=at)
    if before:
        regrade_lesson(
            lesson=lesson,
            choice=decision["given_answers"],
            before=before.content,
            actor=actor,
            at=at,
        )
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
    """Record what is live now, and the questions whose right answer was changed.

    If the author only changes the wording, the right answers count as unchanged.
    """
    by_words = decision["kind_of_change"] != KindOfChange.WORDING
    Publication.objects.create(
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


@transaction.atomic
def regrade_lesson(
    *,
    lesson: LessonPage,
    choice: str,
    before: papers.FrozenPaper | None,
    actor: Any,
    at: datetime,
) -> int:
    """Mark submitted attempts against the live paper. Return the number of new grades.

    The live paper is compared with `before`, or with each attempt's own paper if that
    is None. A grade is only added if it says something new, so marking twice adds
    nothing. Open attempts do not change. A pass may be gained but is never lost.
    """
    if choice in LEAVES_ALONE:
        return 0
    lock_learners(_submitted(lesson).values_list("learner", flat=True))
    _mark_what_was_cut_off(lesson, at)
    now = paper_of(lesson)
    # Lock before reading, so that the second of two runs reads what the first wrote.
    list(_submitted(lesson).select_for_update().order_by("pk").values_list("pk"))
    results = _results(plan_regrade(lesson, now, before), choice)
    if results:
        _append(results, freeze_paper(now, at), REASONS[choice], actor, at)
        _pass_on(results, lesson, at)
    return len(results)


def _submitted(lesson):
    return Attempt.objects.on(lesson.translation_key).submitted()


def _mark_what_was_cut_off(lesson, at):
    """Give submitted attempts their first grade, which is kept forever."""
    for attempt in _submitted(lesson).filter(grades=None):
        grade_attempt(attempt=attempt, at=at)


def _results(plan: RegradePlan, choice) -> list[RegradeResult]:
    return [result for result in plan.results(choice) if result.is_news]


def _append(results, paper, reason, actor, at):
    Grade.objects.bulk_create(
        Grade(
            attempt=result.marked.attempt,
            run=result.marked.grade.run + 1,
            paper=paper,
            marks=asdict(result.marks),
            right=len(result.marks.right),
            out_of=result.marks.out_of,
            reason=reason,
            actor=actor,
            graded_at=at,
        )
        for result in results
    )


def _pass_on(results, lesson, at):
    gained = {r.marked.attempt.enrolment_id for r in results if r.gains_pass}
    if gained:
        complete_lessons(
            enrolments=gained,
            lesson_key=lesson.translation_key,
            how="passed",
            at=at,
        )


@transaction.atomic
def note_seen(*, attempt: Attempt, until: datetime, at: datetime) -> None:
    """Record that the learner has seen new grades and right answers of a lesson.

    The lesson is that of the attempt. Changes after `until` have not been shown yet.
    """
    grades = unseen_grades(attempt.learner).filter(
        attempt__lesson_key=attempt.lesson_key, graded_at__lte=until
    )
    SeenGrade.objects.bulk_create(
        [SeenGrade(grade=grade, seen_at=at) for grade in grades],
        ignore_conflicts=True,
    )
    changes = unseen_changes(attempt.learner).filter(
        lesson_key=attempt.lesson_key, published_at__lte=until
    )
    SeenChange.objects.bulk_create(
        [
            SeenChange(learner=attempt.learner, publication=change, seen_at=at)
            for change in changes
        ],
        ignore_conflicts=True,
    )
