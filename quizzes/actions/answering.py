"""What can happen in a quiz. Every verb is safe to call again."""

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
    """The question is not one of those that this attempt asks."""


class AttemptIsOver(UnableToAnswer):
    """The quiz was submitted before; it takes no more answers."""


class LessonIsNotLive(UnableToAnswer):
    """The lesson was taken offline, and the learner had not opened its quiz lately."""


class WordsHaveChanged(UnableToAnswer):
    """The question reads otherwise now than on the page that was answered."""


class AnswerIsUnfit(UnableToAnswer):
    """The form belongs to another attempt, or its name was used for another answer."""


class AnswerIsStale(UnableToAnswer):
    """The question was answered meanwhile, perhaps in another tab.

    `saved` is the answer kept, `sent` the response that came now.
    """

    def __init__(self, state: AttemptState, saved: Answer, sent: papers.Response):
        super().__init__("The question was answered meanwhile.")
        self.state = state
        self.saved = saved
        self.sent = sent


class UnableToMarkAsRead(Exception):
    """The lesson has a quiz, so reading alone does not finish it."""


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
    """Keep an answer; with the last one, submit and mark the attempt.

    `read` turns the question into the response that was posted, and what it raises
    is passed on with nothing written. `seen` is the sequence of the answer that this
    one is to replace, 0 if none was seen: another answer than the one kept is kept only
    from who saw both. `paper` is the digest of the paper that the question was shown
    from, "" where that was the one asked now; a first answer begins the attempt on it.
    Returns the state as it now is.
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
        grade_attempt(attempt=answered.attempt, at=at)
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
    """A form that was kept in an attempt before, sent once more, answers nothing anew."""
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
    """Close the attempt; nothing happens if somebody already did."""
    # A request that began earlier may get here after the one that opened the attempt.
    attempt.submitted_at = max(at, attempt.started_at)
    attempt.state = Attempt.State.SUBMITTED
    attempt.open_key = None
    Attempt.objects.filter(pk=attempt.pk).open().update(
        state=attempt.state, open_key=None, submitted_at=attempt.submitted_at
    )


@transaction.atomic
def grade_attempt(*, attempt: Attempt, at: datetime) -> None:
    """Mark a submitted attempt and pass the lesson on to progress.

    It counts for the course in which it was begun, wherever the lesson is now. An
    attempt that has a grade keeps it: marking it again changes nothing.
    """
    lock_learners([attempt.learner_id])
    if not attempt.grades.exists():
        mark_attempt(attempt, at)
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


def mark_attempt(attempt: Attempt, at: datetime) -> None:
    """Give a submitted attempt its first grade, if it has none yet."""
    marks = marks_of(attempt)
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
        # Another request marked it at the same moment, from the same answers.
        return


def mark_what_was_cut_off(*, at: datetime) -> int:
    """Mark the submitted attempts whose marking was cut off; return how many.

    One that cannot be marked is logged and keeps none of the others waiting.
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
    """Finish a lesson that asks nothing. Done again, it keeps the first date too."""
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
    """Close the learner's open attempts unmarked; of what was answered, words go.

    What was typed may name somebody; options and marks stay, for counts.
    """
    learner.attempts.open().update(state=Attempt.State.ABANDONED, open_key=None)
    typed = Answer.objects.filter(attempt__learner=learner).exclude(text="")
    typed.update(text="")
