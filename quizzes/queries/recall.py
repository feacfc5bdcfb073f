"""Which questions of lessons that were done a learner may look back at."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries import courses_above, has_paused_quiz
from course.queries.first_language import choose_language
from progress.models import RecallCard
from progress.queries import lessons_done_at
from progress.rules.recall import (
    FIRST_WAIT,
    Candidate,
    choose_questions,
    count_done,
    next_days,
)
from quizzes.models import Grade, Question


@dataclass(frozen=True)
class RecalledQuestion:
    """A question as it is asked now, with its lesson and course."""

    question: Question
    lesson: LessonPage
    course: CoursePage

    @property
    def key(self) -> uuid.UUID:
        return self.question.translation_key


@dataclass(frozen=True)
class LookBack:
    """The questions that are left now, how many were answered, and when to come again.

    `moments` are when the next ones are worth it, the earliest first.
    """

    left: list[RecalledQuestion]
    done: int
    moments: list[dt.datetime]

    @property
    def total(self) -> int:
        return self.done + len(self.left)

    @property
    def days(self) -> list[dt.date]:
        """The days of the next look backs, each once."""
        return list(dict.fromkeys(timezone.localdate(each) for each in self.moments))

    @property
    def lessons(self) -> list[tuple[LessonPage, int]]:
        """The lessons of the questions that are left, and how many of each are."""
        counts = Counter(each.lesson for each in self.left)
        return list(counts.items())

    def find(self, key: str) -> RecalledQuestion | None:
        """Return the question with this key, if it is left."""
        return next((each for each in self.left if str(each.key) == key), None)


def look_back_of(learner: Learner | None, at: dt.datetime) -> LookBack:
    """Return the learner's look back. It makes six queries, or one if no lesson is done.

    Nothing is written: a question that was never looked back at is due a day after its
    lesson was done.
    """
    if learner is None:
        return LookBack([], 0, [])
    asked, found = _recallable([learner.pk], at)
    candidates = found[learner.pk]
    chosen = choose_questions(candidates, at)
    waiting = [each for each in candidates if each not in chosen]
    return LookBack(
        left=[asked[each.question] for each in chosen],
        done=count_done(candidates, at) if chosen else 0,
        moments=next_days(waiting if chosen else candidates, at),
    )


def candidates_of(
    learners: Collection[int], at: dt.datetime
) -> dict[int, list[Candidate]]:
    """Return learner id → what they may be asked, in six queries for all of them."""
    return _recallable(learners, at)[1]


def _recallable(
    learners: Collection[int], at: dt.datetime
) -> tuple[dict[uuid.UUID, RecalledQuestion], dict[int, list[Candidate]]]:
    """Return the questions that can be asked, and which of them concern each learner."""
    done = lessons_done_at(learners)
    lessons = {key for theirs in done.values() for key in theirs}
    if not lessons:
        return {}, {pk: [] for pk in learners}
    asked = _asked_in(lessons, timezone.localdate(at))
    cards, missed = _cards_of(learners), _missed_by(learners)
    found = {}
    for pk in learners:
        theirs = {
            key: lesson
            for key, each in asked.items()
            if (lesson := each.lesson.translation_key) in done[pk]
        }
        found[pk] = _candidates(theirs, done[pk], cards[pk], missed[pk])
    return asked, found


def _asked_in(
    lessons: Collection[uuid.UUID], today: dt.date
) -> dict[uuid.UUID, RecalledQuestion]:
    """Return key → question, of live lessons that everybody may read and that ask."""
    readable = LessonPage.objects.live().public()
    rows = Question.objects.filter(
        lesson__in=readable, lesson__translation_key__in=list(lessons)
    ).select_related("lesson__locale")
    shown = [row for row in rows if row.is_asked]
    asked = list(choose_language(shown, lambda row: row.lesson).values())
    courses = courses_above([row.lesson for row in asked]) if asked else []
    return {
        row.translation_key: RecalledQuestion(row, row.lesson, course)
        for row, course in zip(asked, courses, strict=True)
        if not has_paused_quiz(row.lesson, today, course)
    }


def _candidates(
    asked: Mapping[uuid.UUID, uuid.UUID],
    done: Mapping[uuid.UUID, dt.datetime],
    cards: Mapping[uuid.UUID, RecallCard],
    missed: Collection[str],
) -> list[Candidate]:
    """Return what one learner may be asked. `asked` is question key → lesson key."""
    found = []
    for key, lesson in asked.items():
        fresh = Candidate(key, lesson, done[lesson] + FIRST_WAIT, str(key) in missed)
        found.append(_of_card(cards[key], lesson) if key in cards else fresh)
    return found


def _of_card(card: RecallCard, lesson: uuid.UUID) -> Candidate:
    was_missed = not card.was_right
    key = card.question_key
    return Candidate(key, lesson, card.due_at, was_missed, card.reviewed_at)


def _cards_of(learners: Collection[int]) -> dict[int, dict[uuid.UUID, RecallCard]]:
    found: dict[int, dict[uuid.UUID, RecallCard]] = defaultdict(dict)
    for card in RecallCard.objects.filter(learner__in=learners):
        found[card.learner_id][card.question_key] = card
    return found


def _missed_by(learners: Collection[int]) -> dict[int, set[str]]:
    """Return learner id → keys of questions that they missed in any attempt."""
    grades = Grade.objects.filter(attempt__learner__in=learners)
    found: dict[int, set[str]] = defaultdict(set)
    for pk, marks in grades.values_list("attempt__learner", "marks"):
        found[pk].update(marks["wrong"], marks["not_sure"])
    return found
