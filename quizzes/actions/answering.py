"""Answer questions, submit and mark attempts. All actions are safe to call again."""

import logging
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.learners import lock_learners, note_activity
from accounts.identity import Identity
from accounts.models import Learner
from course.models import LessonPage
from course.queries import takes_answer_asked_on
from progress.actions.enrolments import complete_lesson
from progress.events import lesson_worked_on
from quizzes.actions.beginning import (
    QuizIsPaused,
    UnableToAnswer,
    begin_attempt,
    freeze_paper,
    learner_as_seen,
)
from quizzes.models import Answer, Attempt, Grade
from quizzes.queries.attempts import (
    AttemptState,
    attempt_state,
    first_seed,
    marks_of,
    right_ever,
    state_on,
)
from quizzes.queries.wording import is_as_seen, state_as_seen
from quizzes.rules import marking
from quizzes.rules import paper as papers

logger = logging.getLogger(__name__)


class QuestionNotAsked(UnableToAnswer):
    """The attempt does not ask this question."""


class AttemptIsOver(UnableToAnswer):
    """The quiz was already submitted and takes no more answers."""


class LessonIsNotLive(UnableToAnswer):
    """The lesson is offline, and the learner has not opened its quiz recently."""


class WordsHaveChanged(UnableToAnswer):
    """The question has changed since the page that was answered was shown."""


class AnswerIsUnfit(UnableToAnswer):
    """The form belongs to another attempt, or its UUID was used for another answer."""


class AnswerIsStale(UnableToAnswer):
    """The question was answered in the meantime, perhaps in another tab.

    `saved` is the saved answer and `sent` the new response.
    """

    def __init__(self, state: AttemptState, saved: Answer, sent: papers.Response):
        super().__init__("The question was answered in the meantime.")
        self.state = state
        self.saved = saved
        self.sent = sent


def give_answer(  # noqa: PLR0913 - what a form says, and who sends it when
    *,
    lesson: LessonPage,
    identity: Identity,
    question_key: str,
    read: Callable[[papers.FrozenQuestion], papers.Response],
    seen: int,
    client_uuid: uuid.UUID,
    at: datetime,
    paper: str = "",
    asked_on: date | None = None,
    has_record: bool = False,
) -> AttemptState:
    """Save an answer. With the last answer, submit and mark the attempt.

    `read` returns the posted response to a question. If it raises an exception, nothing
    is written. `seen` is the sequence of the answer to replace, or 0 if none was seen:
    an answer is only replaced by somebody who was shown both. `paper` is the digest of
    the paper that the question was shown from, or "" for the one asked now. A first
    answer starts the attempt on that paper. `asked_on` is the day on which it was
    shown, or None for today. `has_record` says that the person had a record then: if
    it was deleted since, no new one is made.

    Returns the new state.
    """
    _require_taken(lesson, asked_on, timezone.localdate(at))
    with transaction.atomic():
        learner = learner_as_seen(identity=identity, has_record=has_record, at=at)
        now = _open_state(lesson, learner, identity.token, paper, at)
        _require_words_seen(now, lesson, question_key, paper)
        given = {"origin": _origin_of(learner), "given_at": at}
        given["shown_paper"] = _shown_paper(now, question_key, at)
        answered = _keep_answer(now, question_key, read, seen, client_uuid, given)
        note_activity(learner=learner, at=at)
        if answered.attempt.is_open and not answered.unanswered:
            submit_attempt(answered.attempt, at)
    if not answered.attempt.is_open:
        # Nobody can have changed them: they were read under the learner's lock.
        grade_attempt(attempt=answered.attempt, at=at, answers=answered.answers)
    return answered


def _require_taken(lesson, asked_on, today):
    if not takes_answer_asked_on(lesson, asked_on or today, today):
        raise QuizIsPaused


def _open_state(lesson, learner, token, paper, at):
    now = attempt_state(lesson, learner, token, locked=True)
    if now.attempt:
        return now
    is_asked = lesson.live and now.asked
    seen = state_as_seen(now, lesson, paper, at) if paper else is_asked and now
    if not seen:
        raise WordsHaveChanged if is_asked else LessonIsNotLive
    attempt = begin_attempt(
        lesson=lesson,
        learner=learner,
        paper=seen.paper,
        asked=seen.asked,
        seed=first_seed(token, lesson),
        at=at,
    )
    return state_on(lesson, attempt)


def _require_words_seen(now, lesson, question_key, paper):
    if question_key not in now.asked:
        raise QuestionNotAsked
    if paper and not is_as_seen(now, lesson, question_key, paper):
        raise WordsHaveChanged


def _shown_paper(now, question_key, at):
    """Return the paper that the words are from, or None if it is the attempt's own."""
    if now.digest_shown(question_key) == now.paper_digest:
        return None
    return freeze_paper(now.translated, at)


def _origin_of(learner):
    return Answer.Origin.ACCOUNT if learner.user_id else Answer.Origin.ANONYMOUS


def _keep_answer(now, question_key, read, seen, client_uuid, given):
    response = read(now.paper.question(question_key))
    saved = now.answers.get(question_key)
    if saved and saved.response == response:
        return now
    if not now.attempt.is_open:
        raise AttemptIsOver
    if saved and seen != saved.sequence:
        raise AnswerIsStale(now, saved, response)
    if seen and not saved:
        raise AnswerIsUnfit
    _require_not_sent_before(now.attempt, client_uuid)
    answer = _insert(
        attempt=now.attempt,
        question_key=question_key,
        sequence=seen + 1,
        client_uuid=client_uuid,
        **Answer.fields_of(response),
        **given,
    )
    answers = {**now.answers, question_key: answer}
    return replace(now, answers=answers)


def _require_not_sent_before(attempt, client_uuid):
    """Raise AnswerIsUnfit if the form was already used in an earlier attempt."""
    if attempt.number > 1:
        own = Answer.objects.filter(attempt__learner=attempt.learner_id)
        if own.filter(client_uuid=client_uuid).exclude(attempt=attempt).exists():
            raise AnswerIsUnfit


def _insert(**fields):
    try:
        # Without a savepoint: who gets the error leaves the transaction.
        return Answer.objects.create(**fields)
    except IntegrityError as repeated:
        raise AnswerIsUnfit from repeated


def submit_attempt(attempt: Attempt, at: datetime) -> None:
    """Close the attempt. Nothing happens if it is already closed."""
    _close(attempt, at)
    Attempt.objects.filter(pk=attempt.pk).open().update(
        state=attempt.state, open_key=None, submitted_at=attempt.submitted_at
    )


def submit_attempts(attempts: Collection[Attempt], at: datetime) -> None:
    """Close these open attempts of a learner who is locked, in one query."""
    for attempt in attempts:
        _close(attempt, at)
    Attempt.objects.bulk_update(attempts, ["state", "open_key", "submitted_at"])


def _close(attempt, at):
    # A request that started earlier may get here after the one that opened the attempt.
    attempt.submitted_at = max(at, attempt.started_at)
    attempt.state = Attempt.State.SUBMITTED
    attempt.open_key = None


@transaction.atomic
def grade_attempt(
    *, attempt: Attempt, at: datetime, answers: dict[str, Answer] | None = None
) -> None:
    """Mark a submitted attempt, and complete the lesson if it is passed.

    The attempt counts for the course in which it was started, wherever the lesson is
    now. An attempt that has a grade keeps it, so marking it again changes nothing.
    """
    lock_learners([attempt.learner_id])
    mark_attempts({attempt: answers}, at)
    if marking.is_passed(attempt.paper.content, right_ever(attempt)):
        complete_lesson(
            enrolment=attempt.enrolment,
            lesson_key=attempt.lesson_key,
            how="passed",
            at=at,
        )
    lesson_worked_on.publish(
        learner=attempt.learner, course_key=attempt.enrolment.course_key, at=at
    )


def mark_attempts(
    answers: Mapping[Attempt, dict[str, Answer] | None], at: datetime
) -> None:
    """Give submitted attempts their first grade, if they have none, in one query.

    Each comes with the answers that count, or with None to look them up.
    """
    grades = [_first_grade(attempt, given, at) for attempt, given in answers.items()]
    # Another request may have marked the same answers at the same time.
    Grade.objects.bulk_create(grades, ignore_conflicts=True)


def _first_grade(attempt, answers, at):
    marks = marks_of(attempt, answers)
    return Grade(
        attempt=attempt,
        paper=attempt.paper,
        marks=asdict(marks),
        right=len(marks.right),
        out_of=marks.out_of,
        graded_at=at,
    )


def mark_what_was_cut_off(*, at: datetime) -> int:
    """Mark the submitted attempts whose marking was interrupted. Return how many.

    If one cannot be marked, this is logged, and the others are still marked.
    """
    waiting = Attempt.objects.submitted().filter(grades=None)
    waiting = waiting.select_related("paper", "enrolment", "learner")
    marked = 0
    for attempt in waiting.order_by("pk"):
        try:
            grade_attempt(attempt=attempt, at=at)
        except Exception:
            logger.exception("Attempt %s cannot be marked.", attempt.uuid)
        else:
            marked += 1
    return marked


def forget_attempts(learner: Learner, at: datetime) -> None:
    """Close the learner's open attempts without marking, and delete typed answers.

    Typed answers may name somebody. Options and marks are kept for statistics.
    """
    learner.attempts.open().update(state=Attempt.State.ABANDONED, open_key=None)
    typed = Answer.objects.filter(attempt__learner=learner).exclude(text="")
    typed.update(text="")
