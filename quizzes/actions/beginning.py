"""Start attempts at a quiz, and start again. Safe to call again."""

import uuid
from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.learners import (
    get_or_create_learner,
    lock_learner_of,
    lock_learners,
    note_activity,
)
from accounts.identity import Identity
from accounts.models import Learner
from course.models import LessonPage
from course.queries import course_of, has_paused_quiz
from course.rules.digests import digest_json
from progress.actions.enrolments import begin_cycle, enrol_learner, start_lesson
from quizzes.models import Attempt, Paper, open_key_for
from quizzes.queries.attempts import newest_attempt, paper_of, right_ever
from quizzes.queries.safety import questions_due
from quizzes.rules import paper as papers

Which = Literal["missed", "all", "update"]


class UnableToAnswer(Exception):
    """The answer was not saved."""


class RecordIsGone(UnableToAnswer):
    """The record of the person was deleted since the form was opened."""


class QuizIsPaused(UnableToAnswer):
    """The lesson is so long past its review date that its quiz is closed."""


def ask_only_what_was_checked(lesson: LessonPage, at: datetime) -> None:
    """Raise QuizIsPaused if the lesson is long past its review date."""
    if has_paused_quiz(lesson, timezone.localdate(at)):
        raise QuizIsPaused


def learner_as_seen(*, identity: Identity, has_record: bool, at: datetime) -> Learner:
    """Return the learner of this identity, locked, and new only if nothing was known.

    `has_record` says that the person had a record when the form was opened. Raises
    RecordIsGone if it was deleted since: nobody is made anew without being asked.
    """
    if not has_record:
        return get_or_create_learner(identity=identity, at=at)
    learner = lock_learner_of(identity)
    if learner is None:
        raise RecordIsGone
    return learner


def begin_attempt(*, lesson, learner, paper, asked, seed, at, retry_of=None):
    """Open an attempt. If another request just opened one, return that."""
    enrolment = enrol_learner(learner=learner, course=course_of(lesson), at=at)
    start_lesson(enrolment=enrolment, lesson_key=lesson.translation_key, at=at)
    attempts = Attempt.objects.on(lesson.translation_key).filter(learner=learner)
    last = attempts.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                learner=learner,
                enrolment=enrolment,
                lesson_key=lesson.translation_key,
                number=last + 1,
                paper=freeze_paper(paper, at),
                retry_of=retry_of,
                seed=seed,
                asked=list(asked),
                open_key=open_key_for(learner, lesson.translation_key),
                started_at=at,
            )
    except IntegrityError:
        return newest_attempt(learner, lesson.translation_key, locked=True)


def freeze_paper(paper: papers.FrozenPaper, at: datetime) -> Paper:
    """Return the stored paper with this content, storing it if it is new."""
    payload = papers.to_payload(paper)
    return Paper.objects.get_or_create(
        sha256=digest_json(payload),
        defaults={
            "lesson_key": paper.lesson_key,
            "locale": paper.locale,
            "payload": payload,
            "created_at": at,
        },
    )[0]


@transaction.atomic
def begin_again(
    *, lesson: LessonPage, learner: Learner, which: Which, at: datetime
) -> Attempt | None:
    """Open a new attempt on these questions. Return None if there are none to ask.

    `which` is “missed”, “all” or “update” (questions to ask again after a change for
    safety). If the lesson has moved to another course, all are asked. An attempt that
    is already open is returned as it is. The questions have the live wording, or the
    old one if the lesson has been taken offline. Raises QuizIsPaused.
    """
    ask_only_what_was_checked(lesson, at)
    lock_learners([learner.pk])
    before = newest_attempt(learner, lesson.translation_key, locked=True)
    if before is None or before.is_open:
        return before
    if before.enrolment.course_key != course_of(lesson).translation_key:
        which = "all"
    paper = paper_of(lesson) if lesson.live else before.paper.content
    asked = _asked_again(which, paper, before)
    if not asked:
        return None
    note_activity(learner=learner, at=at)
    return begin_attempt(
        lesson=lesson,
        learner=learner,
        paper=paper,
        asked=asked,
        seed=before.seed if which == "missed" else uuid.uuid4(),
        retry_of=before if which == "missed" else None,
        at=at,
    )


def _asked_again(which: Which, paper: papers.FrozenPaper, before: Attempt) -> list[str]:
    if which == "update":
        due = questions_due(before.learner, [before.lesson_key])
        return [key for key in paper.keys if key in due.get(before.lesson_key, ())]
    right = right_ever(before) if which == "missed" else ()
    return [key for key in paper.keys if key not in right]


@transaction.atomic
def begin_course_again(
    *, learner: Learner, course_key: uuid.UUID, at: datetime
) -> None:
    """Let the learner take a completed course again, and close open attempts.

    Nothing happens if the course is not completed. What was done before is kept.
    """
    lock_learners([learner.pk])
    current = begin_cycle(learner=learner, course_key=course_key, at=at)
    if current and current.started_at == at:
        before = learner.attempts.open().filter(enrolment__course_key=course_key)
        before.exclude(enrolment=current).update(
            state=Attempt.State.ABANDONED, open_key=None
        )
