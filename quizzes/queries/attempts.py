"""Queries on questions, papers and attempts."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
)

from accounts.models import Learner
from course.models import LessonPage
from languages.content import has_several_languages
from page_cache.memory import recall_part, remembers_parts
from page_cache.prepared import Given, PreparedQuery
from quizzes.kinds import kind_of
from quizzes.models import (
    Answer,
    Attempt,
    Grade,
    Publication,
    SeenChange,
)
from quizzes.rules import marking, regrading
from quizzes.rules import paper as papers
from quizzes.rules.question_comparison import use_words_of


def paper_of(lesson: LessonPage) -> papers.FrozenPaper:
    """Return the paper of the lesson in its current state, in one query.

    Questions that cannot be marked, such as those without a right option, are left out,
    as are those that have not been checked yet.
    """
    return papers.FrozenPaper(
        lesson_key=str(lesson.translation_key),
        locale=lesson.locale.language_code,
        title=lesson.title,
        pass_share=lesson.pass_share,
        questions=tuple(
            question.frozen()
            for question in lesson.questions.all()
            if question.is_asked
        ),
    )


def _newest_of(*, is_locked):
    attempts = Attempt.objects.filter(
        lesson_key=Given("lesson_key", UUIDField()),
        learner=Given("learner", BigIntegerField()),
    ).in_newest_cycle()
    if is_locked:
        attempts = attempts.select_for_update(of=("self",))
    attempts = attempts.exclude(state=Attempt.State.ABANDONED)
    attempts = attempts.select_related("paper", "enrolment")
    return attempts.order_by(F("open_key").asc(nulls_last=True), "-number")[:1]


_NEWEST = PreparedQuery(partial(_newest_of, is_locked=False))
_NEWEST_LOCKED = PreparedQuery(partial(_newest_of, is_locked=True))
_ANSWERS = PreparedQuery(
    lambda: Answer.objects.filter(attempt=Given("attempt", BigIntegerField())).order_by(
        "sequence"
    )
)
_GRADES = PreparedQuery(
    lambda: Grade.objects.filter(
        attempt__enrolment=Given("enrolment", BigIntegerField()),
        attempt__lesson_key=Given("lesson_key", UUIDField()),
    ).order_by("run")
)


def newest_attempt(
    learner: Learner, lesson_key: uuid.UUID, *, locked: bool = False
) -> Attempt | None:
    """Return the learner's open attempt, or else the newest one, with its paper.

    Attempts from earlier cycles and abandoned attempts are left out. The open one may
    have a lower number if a visitor's attempts were merged into an account.
    """
    query = _NEWEST_LOCKED if locked else _NEWEST
    found = query.first(lesson_key=lesson_key, learner=learner.pk)
    if found:
        # Avoid a query for the same row.
        found.learner = learner
    return found


def has_attempt(learner: Learner | None, lesson: LessonPage) -> bool:
    """Return whether the learner has started the lesson's quiz."""
    return bool(learner) and newest_attempt(learner, lesson.translation_key) is not None


def newest_answers(attempt: Attempt) -> dict[str, Answer]:
    """Return the answer that counts for each question key, in one query."""
    answers = _ANSWERS.all(attempt=attempt.pk)
    for answer in answers:
        answer.attempt = attempt
    return {str(answer.question_key): answer for answer in answers}


@dataclass(frozen=True)
class AttemptState:
    """The state of a learner's quiz: what is asked, in which order, and the answers.

    Before the first answer there is no attempt and nothing is stored. `opened_for`
    identifies the person in the forms, and `has_record` says whether the person has
    done anything yet, here or in another lesson. `paper` asks each question in the
    words of the page's language, if it is the same question there.
    """

    paper: papers.FrozenPaper
    asked: tuple[str, ...]
    seed: str
    attempt: Attempt | None
    answers: dict[str, Answer]
    opened_for: str = ""
    has_record: bool = True
    translated: papers.FrozenPaper | None = None
    """The live paper in the language of the page, if the attempt is on another one."""

    @cached_property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(key for key in self.asked if key not in self.answers)

    @cached_property
    def paper_digest(self) -> str:
        """The digest of the paper that the learner is asked from."""
        if self.attempt:
            return self.attempt.paper.sha256
        return papers.digest_paper(self.paper)

    def digest_shown(self, key: str) -> str:
        """Return the digest of the paper from which the question is shown."""
        shown = self.paper.question(key)
        if self.translated and shown in self.translated.questions:
            return papers.digest_paper(self.translated)
        return self.paper_digest

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def is_over(self) -> bool:
        """Whether the attempt takes no more answers."""
        return self.attempt is not None and not self.attempt.is_open

    def number_of(self, key: str) -> int:
        """Return the number of a question among those asked, from 1."""
        return self.asked.index(key) + 1

    def key_at(self, number: int) -> str | None:
        """Return the key of the question with this number, or None."""
        return self.asked[number - 1] if 1 <= number <= self.total else None

    def shown(self, key: str) -> papers.FrozenQuestion:
        """Return the question with its options in the order drawn for this attempt."""
        question = self.paper.question(key)
        return papers.draw_options(
            question, self.seed, shuffled=kind_of(question).is_shuffled
        )


def attempt_state(
    lesson: LessonPage,
    learner: Learner | None,
    token: uuid.UUID,
    *,
    locked: bool = False,
) -> AttemptState:
    """Return the learner's newest attempt, or the live paper if there is none."""
    attempt = learner and newest_attempt(learner, lesson.translation_key, locked=locked)
    if attempt:
        return state_on(lesson, attempt)
    paper = paper_of(lesson)
    return AttemptState(
        paper=paper,
        asked=paper.keys,
        seed=str(first_seed(token, lesson)),
        attempt=None,
        answers={},
        has_record=learner is not None,
    )


def state_of(attempt: Attempt) -> AttemptState:
    """Return the state of an attempt, with the answers given so far, in one query."""
    return AttemptState(
        paper=attempt.paper.content,
        asked=tuple(attempt.asked),
        seed=str(attempt.seed),
        attempt=attempt,
        answers=newest_answers(attempt),
    )


def state_on(lesson: LessonPage, attempt: Attempt) -> AttemptState:
    """Return the state of an attempt as this page of the lesson shows it.

    A query more if the page is in another language than the attempt's paper.
    """
    return in_language_of(lesson, state_of(attempt))


def in_language_of(lesson: LessonPage, state: AttemptState) -> AttemptState:
    """Return the state in the words of this page, where it asks the same questions."""
    translated = translated_paper(lesson, state.paper)
    if translated is None:
        return state
    words = use_words_of(translated, state.paper)
    return replace(state, paper=words, translated=translated)


def translated_paper(
    lesson: LessonPage, paper: papers.FrozenPaper
) -> papers.FrozenPaper | None:
    """Return the live paper of this page if it is in another language, or None."""
    if not has_several_languages() or not lesson.live:
        return None
    is_same = lesson.locale.language_code == paper.locale
    return None if is_same else paper_of(lesson)


def first_seed(token: uuid.UUID, lesson: LessonPage) -> uuid.UUID:
    """Return the seed of a first attempt, which is known before anything is stored."""
    return uuid.uuid5(token, str(lesson.translation_key))


@dataclass(frozen=True)
class LessonOutcome:
    """The outcome of the learner's attempts on a lesson in this cycle."""

    attempt: Attempt
    understood: tuple[papers.FrozenQuestion, ...]
    again: tuple[papers.FrozenQuestion, ...]
    is_passed: bool
    grades: tuple[Grade, ...]


def right_ever(attempt: Attempt) -> set[str]:
    """Return the keys of questions right in any attempt on this lesson in this cycle.

    The newest grade of each attempt counts.
    """
    return _right_in(_newest_grades(attempt).values())


def _newest_grades(attempt):
    """Return attempt → newest grade for attempts on the same lesson in this cycle."""
    grades = _GRADES.all(enrolment=attempt.enrolment_id, lesson_key=attempt.lesson_key)
    return {grade.attempt_id: grade for grade in grades}


def is_regraded(attempt: Attempt, grades: Iterable[Grade] | None = None) -> bool:
    """Return whether an attempt on this lesson in this cycle was marked again.

    `grades` are the newest ones if they were read, or else this makes one query.
    """
    newest = _newest_grades(attempt).values() if grades is None else grades
    return any(grade.run > 1 for grade in newest)


def _right_in(grades):
    return {key for grade in grades for key in grade.marks["right"]}


def lesson_outcome(attempt: Attempt, lesson: LessonPage | None = None) -> LessonOutcome:
    """Return the outcome of a submitted attempt and those before it.

    Its questions are in the words of the page of the lesson, if there is one.

    If it was marked again, the more lenient pass rule of both papers applies. If its
    marking was interrupted, it is marked in memory and nothing is stored.
    """
    paper = attempt.paper.content
    translated = translated_paper(lesson, paper) if lesson else None
    words = use_words_of(translated, paper) if translated else paper
    grades = _newest_grades(attempt)
    right, last = _right_in(grades.values()), grades.get(attempt.pk)
    if last is None:
        right = right | set(marks_of(attempt).right)
    return LessonOutcome(
        attempt=attempt,
        understood=tuple(q for q in words.questions if q.key in right),
        again=tuple(q for q in words.questions if q.key not in right),
        is_passed=regrading.passes_either_rule(
            paper, _marked_by(last, attempt).content, right
        )
        or _is_done(attempt),
        grades=tuple(grades.values()),
    )


def _marked_by(grade, attempt):
    """Return the paper of the grade, which differs from the attempt's if regraded."""
    is_own = grade is None or grade.paper_id == attempt.paper_id
    return attempt.paper if is_own else grade.paper


def marks_of(
    attempt: Attempt, answers: dict[str, Answer] | None = None
) -> marking.Marks:
    """Return the marks of a submitted attempt on its own paper."""
    given = newest_answers(attempt) if answers is None else answers
    responses = {key: answer.response for key, answer in given.items()}
    return marking.mark_paper(attempt.paper.content, attempt.asked, responses)


def _is_done(attempt):
    """Return whether the lesson was passed before, perhaps on an easier paper."""
    lessons = attempt.enrolment.lessons.done()
    return lessons.filter(lesson_key=attempt.lesson_key).exists()


def may_have_changed_answers(lesson_key: uuid.UUID | None = None) -> bool:
    """Return whether a right answer was perhaps changed, in this lesson or in any.

    It is looked up only where the answer is remembered: elsewhere it would cost as much
    as the query that it saves.
    """
    if not remembers_parts():
        return True
    changed = Publication.objects.exclude(changed_answers=[])
    lessons = recall_part(
        ("lessons with changed answers",),
        lambda: frozenset(changed.values_list("lesson_key", flat=True)),
    )
    return bool(lessons) if lesson_key is None else lesson_key in lessons


def unseen_grades(learner: Learner) -> QuerySet[Grade]:
    """Return grades after the first that the learner has not seen yet."""
    return Grade.objects.filter(attempt__learner=learner, run__gt=1, seen=None)


def changes_since_answered(learner: Learner) -> QuerySet[Publication]:
    """Return publications that changed a right answer since the learner answered."""
    answered = Attempt.objects.submitted().filter(learner=learner)
    return published_since_begun(answered).exclude(changed_answers=[])


def published_since_begun(attempts: QuerySet[Attempt]) -> QuerySet[Publication]:
    """Return the publications since one of the attempts was started.

    This includes all publications with another paper than the attempt's. Whether the
    attempt asked the questions that changed is left to the caller.
    """
    back_again = Publication.objects.filter(
        paper=OuterRef("paper"), published_at__gt=OuterRef(OuterRef("published_at"))
    )
    before = Q(started_at__lt=OuterRef("published_at")) | (
        # Started from a page that was loaded before.
        Q(paper__created_at__lt=OuterRef("published_at"))
        & ~Q(paper=OuterRef("paper"))
        & ~Exists(back_again)
    )
    begun = attempts.filter(
        before, lesson_key=OuterRef("lesson_key"), paper__locale=OuterRef("locale")
    )
    return Publication.objects.filter(Exists(begun))


def unseen_changes(learner: Learner) -> QuerySet[Publication]:
    """Return the changes to right answers that the learner has not seen yet."""
    seen = SeenChange.objects.filter(learner=learner, publication=OuterRef("pk"))
    return changes_since_answered(learner).filter(~Exists(seen))
