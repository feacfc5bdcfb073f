"""Answer questions, submit and mark attempts. All actions are safe to call again."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actions.learners import (
    get_or_create_learner,
    lock_learners,
    note_activity,
)
from accounts.identity import Identity
from accounts.models import Learner
from course.models import LessonPage
from course.queries import course_of
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    note_read_signed_in,
    start_lesson,
)
from progress.events import lesson_worked_on
from quizzes.actions.beginning import (
    UnableToAnswer,
    ask_only_what_was_checked,
    begin_attempt,
)
from quizzes.models import Answer, Attempt, Grade
from quizzes.queries.attempts import (
    AttemptState,
    attempt_state,
    first_seed,
    marks_of,
    newest_answers,
    paper_of,
    right_ever,
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


class UnableToMarkAsRead(Exception):
    """The lesson has a quiz, so reading it does not finish it."""


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
) -> AttemptState:
    """Save an answer. With the last answer, submit and mark the attempt.

    `read` returns the posted response to a question. If it raises an exception, nothing
    is written. `seen` is the sequence of the answer to replace, or 0 if none was seen:
    an answer is only replaced by somebody who was shown both. `paper` is the digest of
    the paper that the question was shown from, or "" for the one asked now. A first
    answer starts the attempt on that paper.

    Returns the new state.
    """
    ask_only_what_was_checked(lesson, at)
    with transaction.atomic():
        learner = get_or_create_learner(identity=identity, at=at)
        now = _open_state(lesson, learner, identity.token, paper, at)
        _require_words_seen(now, lesson, question_key, paper)
        given = {"origin": _origin_of(learner), "given_at": at}
        answered = _keep_answer(now, question_key, read, seen, client_uuid, given)
        note_activity(learner=learner, at=at)
        if answered.attempt.is_open and not answered.unanswered:
            submit_attempt(answered.attempt, at)
    if not answered.attempt.is_open:
        # Nobody can have changed them: they were read under the learner's lock.
        grade_attempt(attempt=answered.attempt, at=at, answers=answered.answers)
    return answered


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
    return AttemptState(
        attempt.paper.content,
        tuple(attempt.asked),
        str(attempt.seed),
        attempt,
        newest_answers(attempt),
    )


def _require_words_seen(now, lesson, question_key, paper):
    if question_key not in now.asked:
        raise QuestionNotAsked
    if paper and not is_as_seen(now, lesson, question_key, paper):
        raise WordsHaveChanged


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
    return AttemptState(now.paper, now.asked, now.seed, now.attempt, answers)


def _require_not_sent_before(attempt, client_uuid):
    """Raise AnswerIsUnfit if the form was already used in an earlier attempt."""
    if attempt.number > 1:
        own = Answer.objects.filter(attempt__learner=attempt.learner_id)
        if own.filter(client_uuid=client_uuid).exclude(attempt=attempt).exists():
            raise AnswerIsUnfit


def _insert(**fields):
    try:
        with transaction.atomic():
            return Answer.objects.create(**fields)
    except IntegrityError as repeated:
        raise AnswerIsUnfit from repeated


def submit_attempt(attempt: Attempt, at: datetime) -> None:
    """Close the attempt. Nothing happens if it is already closed."""
    # A request that started earlier may get here after the one that opened the attempt.
    attempt.submitted_at = max(at, attempt.started_at)
    attempt.state = Attempt.State.SUBMITTED
    attempt.open_key = None
    Attempt.objects.filter(pk=attempt.pk).open().update(
        state=attempt.state, open_key=None, submitted_at=attempt.submitted_at
    )


@transaction.atomic
def grade_attempt(
    *, attempt: Attempt, at: datetime, answers: dict[str, Answer] | None = None
) -> None:
    """Mark a submitted attempt, and complete the lesson if it is passed.

    The attempt counts for the course in which it was started, wherever the lesson is
    now. An attempt that has a grade keeps it, so marking it again changes nothing.
    """
    lock_learners([attempt.learner_id])
    mark_attempt(attempt, at, answers)
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


def mark_attempt(
    attempt: Attempt, at: datetime, answers: dict[str, Answer] | None = None
) -> None:
    """Give a submitted attempt its first grade if it has none yet."""
    marks = marks_of(attempt, answers)
    try:
        with transaction.atomic():
            Grade.objects.create(
                attempt=attempt,
                paper=attempt.paper,
                marks=asdict(marks),
                right=len(marks.right),
                out_of=marks.out_of,
                graded_at=at,
            )
    except IntegrityError:
        # Another request marked the same answers at the same time.
        return


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


@transaction.atomic
def mark_as_read(*, lesson: LessonPage, identity: Identity, at: datetime) -> None:
    """Finish a lesson that has no quiz. If it is already finished, its date is kept."""
    if paper_of(lesson).questions:
        raise UnableToMarkAsRead
    learner = get_or_create_learner(identity=identity, at=at)
    course = course_of(lesson)
    enrolment = enrol_learner(learner=learner, course=course, at=at)
    start_lesson(enrolment=enrolment, lesson_key=lesson.translation_key, at=at)
    complete_lesson(
        enrolment=enrolment,
        lesson_key=lesson.translation_key,
        how="read",
        at=at,
    )
    if learner.user_id:
        note_read_signed_in(
            enrolment=enrolment, lesson_key=lesson.translation_key, at=at
        )
    note_activity(learner=learner, at=at)
    lesson_worked_on.publish(learner=learner, course_key=course.translation_key, at=at)


def forget_attempts(learner: Learner, at: datetime) -> None:
    """Close the learner's open attempts without marking, and delete typed answers.

    Typed answers may name somebody. Options and marks are kept for statistics.
    """
    learner.attempts.open().update(state=Attempt.State.ABANDONED, open_key=None)
    typed = Answer.objects.filter(attempt__learner=learner).exclude(text="")
    typed.update(text="")
