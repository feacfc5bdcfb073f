"""What was corrected in a quiz after a learner answered it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import BigIntegerField, UUIDField

from page_cache.prepared import Given, PreparedQuery
from quizzes.kinds import kind_of
from quizzes.models import Attempt, Grade, Publication
from quizzes.queries.attempts import (
    AttemptState,
    changes_since_answered,
    is_regraded,
    may_have_changed_answers,
    published_since_begun,
)
from quizzes.rules import marking
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.question_comparison import is_other_answer, use_words_in

_CHANGE = PreparedQuery(
    lambda: (
        changes_since_answered(Given("learner", BigIntegerField()))
        .filter(lesson_key=Given("lesson_key", UUIDField()))
        .values_list("pk")[:1]
    )
)


@dataclass(frozen=True)
class ChangedQuestion:
    """A question whose right answer or mark has changed.

    `now` is empty if the question was removed. `is_open` is true while the quiz takes
    answers: it will be marked with the questions that it started with.
    """

    stem: str
    given: list[str]
    not_sure: bool
    before: list[str]
    now: list[str]
    was_right: bool
    is_right: bool
    is_open: bool = False

    @property
    def is_same_answer(self) -> bool:
        return self.before == self.now


class AttemptHistory:
    """A learner's attempts on a lesson, and what was changed or marked again since.

    `attempts` are in order, with answers, papers and grades. `is_known(grade)` returns
    whether the grade counted before and is to be compared with.
    """

    def __init__(
        self,
        attempts: Sequence[Attempt],
        changes: Sequence[Publication],
        is_known: Callable[[Grade], bool],
    ):
        self.attempts = attempts
        self.last = attempts[-1]
        self.paper = self.last.paper.content
        self.changes = [
            change
            for change in changes
            if change.lesson_key == self.last.lesson_key
            and change.locale == self.paper.locale
        ]
        grades = (grade for attempt in attempts for grade in attempt.grades.all())
        self.grades = sorted(grades, key=lambda grade: (grade.graded_at, grade.run))
        self.known = [grade for grade in self.grades if is_known(grade)]
        self.news = [grade for grade in self.grades if not is_known(grade)]

    def __bool__(self) -> bool:
        """Whether anything changed that concerns the learner."""
        return bool(self.news or (self.changes and self.questions))

    @property
    def at(self) -> datetime:
        moments = [grade.graded_at for grade in self.news]
        return max(moments + [change.published_at for change in self.changes])

    @property
    def reason(self) -> str:
        """Why answers were marked again, in English, or "" if none were."""
        return self.news[-1].reason if self.news else ""

    @cached_property
    def right_before(self) -> set[str]:
        return _right(self.known)

    @cached_property
    def right_now(self) -> set[str]:
        return _right(self.grades)

    @cached_property
    def questions(self) -> dict[str, ChangedQuestion]:
        """Key → question whose right answer or mark has changed."""
        keys = {key for attempt in self.attempts for key in attempt.paper.content.keys}
        ordered = [key for key in self.paper.keys if key in keys]
        ordered += sorted(keys - set(ordered))
        found = {key: self._changed(key) for key in ordered}
        return {key: question for key, question in found.items() if question}

    def _changed(self, key) -> ChangedQuestion | None:
        answer, asked = self._answered(key)
        if answer is None:
            return None
        was_right, is_right = key in self.right_before, key in self.right_now
        newest = self._newest(key)
        if newest and self._newest_paper.locale != self.paper.locale:
            # Decided in another language, and read in the learner's words.
            newest = use_words_in(newest, asked)
        is_other = self._is_changed(key) and (
            newest is None or is_other_answer(asked, newest)
        )
        if was_right == is_right and not is_other:
            return None
        return _in_words(asked, newest, answer, was_right=was_right, is_right=is_right)

    def _answered(self, key) -> tuple[Response, FrozenQuestion] | tuple[None, None]:
        """Return the last answer to the question and the question as it was asked."""
        for attempt in reversed(self.attempts):
            given = [a for a in attempt.answers.all() if str(a.question_key) == key]
            if given:
                last = max(given, key=lambda answer: answer.sequence)
                return last.response, attempt.paper.content.question(key)
        return None, None

    def _is_changed(self, key) -> bool:
        return any(key in change.changed_answers for change in self.changes)

    def _newest(self, key) -> FrozenQuestion | None:
        """Return the question as last published or marked, or None if removed since."""
        newest = self._newest_paper
        return newest.question(key) if key in newest.keys else None

    @cached_property
    def _newest_paper(self):
        """The live paper, or a later one that was used for regrading."""
        of_quiz = {"lesson_key": self.last.lesson_key, "locale": self.paper.locale}
        published = Publication.objects.filter(**of_quiz).select_related("paper")
        papers = [
            (each.published_at, each.paper) for each in published.order_by("-pk")[:1]
        ]
        papers += [(grade.graded_at, grade.paper) for grade in self.news]
        return max(papers, key=lambda dated: dated[0])[1].content


def _in_words(
    asked: FrozenQuestion,
    now: FrozenQuestion | None,
    response: Response,
    *,
    was_right: bool,
    is_right: bool,
) -> ChangedQuestion:
    return ChangedQuestion(
        stem=(now or asked).stem,
        given=kind_of(asked).in_words(asked, response),
        not_sure=response.not_sure,
        before=kind_of(asked).right_in_words(asked),
        now=kind_of(now).right_in_words(now) if now else [],
        was_right=was_right,
        is_right=is_right,
    )


def _right(grades: Sequence[Grade]) -> set[str]:
    """Return the keys of questions right in the newest run of any attempt."""
    newest = {grade.attempt_id: grade for grade in sorted(grades, key=_run)}
    return {key for grade in newest.values() for key in grade.marks["right"]}


def _run(grade: Grade) -> int:
    return grade.run


def correction_of(
    attempt: Attempt, grades: Iterable[Grade] | None = None
) -> AttemptHistory | None:
    """Return what was corrected since the attempt was answered, seen or not.

    `grades` are the newest of the lesson if they were read. Returns None, after two
    queries at most, if nothing was corrected. Otherwise this makes eight queries.
    """
    if attempt.is_open or not (is_regraded(attempt, grades) or _is_changed(attempt)):
        return None
    changes = changes_since_answered(attempt.learner).filter(
        lesson_key=attempt.lesson_key
    )
    of_enrolled_lesson = Attempt.objects.submitted().filter(
        enrolment=attempt.enrolment_id, lesson_key=attempt.lesson_key
    )
    rows = of_enrolled_lesson.filter(number__lte=attempt.number).order_by("number")
    read = rows.select_related("paper").prefetch_related("answers", "grades__paper")
    return AttemptHistory(list(read), list(changes), _is_first) or None


def _is_changed(attempt):
    """Return whether a right answer changed since the lesson was answered."""
    asked = {"learner": attempt.learner_id, "lesson_key": attempt.lesson_key}
    return may_have_changed_answers(attempt.lesson_key) and bool(_CHANGE.all(**asked))


def _is_first(grade: Grade) -> bool:
    return grade.run == 1


def corrected_since_begun(state: AttemptState, key: str) -> ChangedQuestion | None:
    """Return the correction of a question answered in an open quiz, or None.

    Makes one query at most.
    """
    if not may_have_changed_answers(state.attempt.lesson_key):
        return None
    attempt = Attempt.objects.filter(pk=state.attempt.pk)
    rows = published_since_begun(attempt).select_related("paper")
    published = list(rows.order_by("published_at", "pk"))
    if not any(key in each.changed_answers for each in published):
        return None
    # In the words of its own language, which is that of the publications.
    asked = state.attempt.paper.content.question(key)
    newest = published[-1].paper.content
    now = newest.question(key) if key in newest.keys else None
    if now and not is_other_answer(asked, now):
        return None
    return _changed_while_open(asked, now, state.answers[key].response)


def _changed_while_open(asked, now, response):
    is_right = marking.is_right(asked, response)
    changed = _in_words(asked, now, response, was_right=is_right, is_right=is_right)
    return replace(changed, is_open=True)
