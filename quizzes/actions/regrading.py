"""Marking earlier answers again after a quiz changed. Safe to call again."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actions.learners import lock_learners
from course.models import LessonPage
from course.models.lessons import GivenAnswers
from progress.actions.enrolments import complete_lessons
from quizzes.actions.answering import grade_attempt
from quizzes.actions.beginning import freeze_paper
from quizzes.models import (
    Attempt,
    Grade,
    SeenChange,
    SeenGrade,
)
from quizzes.queries.attempts import paper_of, unseen_changes, unseen_grades
from quizzes.queries.regrade_plan import RegradePlan, RegradeResult, plan_regrade
from quizzes.rules import paper as papers
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.regrading import LEAVES_ALONE

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


@transaction.atomic
def regrade_lesson(
    *,
    lesson: LessonPage,
    choice: str,
    before: papers.FrozenPaper | None,
    actor: Any,
    at: datetime,
    now: papers.FrozenPaper | None = None,
    enrolments: Collection[int] | None = None,
) -> int:
    """Mark submitted attempts against the live paper. Return the number of new grades.

    The live paper, or the paper `now` if one is given, is compared with `before`, or
    with each attempt's own paper if that is None. Only the attempts in these
    `enrolments` are marked, if some are given. A grade is only added if it says something new, so marking twice adds
    nothing. Open attempts do not change. A pass may be gained but is never lost.
    """
    if choice in LEAVES_ALONE:
        return 0
    attempts = Attempt.objects.on(lesson.translation_key).submitted()
    if enrolments is not None:
        attempts = attempts.filter(enrolment__in=enrolments)
    lock_learners(attempts.values_list("learner", flat=True))
    _mark_what_was_cut_off(attempts, at)
    now = now or paper_of(lesson)
    # Lock before reading, so that the second of two runs reads what the first wrote.
    list(attempts.select_for_update().order_by("pk").values_list("pk"))
    results = _results(plan_regrade(lesson, now, before, enrolments), choice)
    if results:
        _append(results, freeze_paper(now, at), REASONS[choice], actor, at)
        _pass_on(results, lesson, at)
    return len(results)


def _mark_what_was_cut_off(attempts, at):
    """Give submitted attempts their first grade, which is kept forever."""
    for attempt in attempts.filter(grades=None):
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
