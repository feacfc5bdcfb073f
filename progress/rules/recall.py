"""When a question is worth a look back, and which ones make one. Pure.

FSRS 6 decides when (package fsrs, https://github.com/open-spaced-repetition/py-fsrs).
Its defaults draw at random and wait for minutes: here the same answers always give the
same days, and the shortest wait is a day.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from fsrs import Card, Rating, Scheduler, State

EASIEST, HARDEST = 1, 10
FEWEST, MOST = 3, 5
FEWEST_LESSONS = 2
# A lesson is looked back at from a day after it was done.
FIRST_WAIT = dt.timedelta(days=1)
# What was answered so lately belongs to the same look back.
ONE_LOOK_BACK = dt.timedelta(hours=12)

_SCHEDULER = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())


@dataclass(frozen=True)
class RecallMemory:
    """How well a question is remembered, in FSRS's figures, and when to ask again."""

    stability: float
    difficulty: float
    reviewed_at: dt.datetime
    due_at: dt.datetime


def review_memory(
    memory: RecallMemory | None, *, is_right: bool, card_id: int, at: dt.datetime
) -> RecallMemory:
    """Return the memory after an answer. `memory` is None before the first look back.

    `card_id` only has to be a number: without one, FSRS waits for a free millisecond.
    """
    moment = at.astimezone(dt.UTC)
    rating = Rating.Good if is_right else Rating.Again
    card, _log = _SCHEDULER.review_card(_card(memory, card_id), rating, moment)
    # FSRS sets both with the first review.
    stability, difficulty = (
        cast("float", card.stability),
        cast("float", card.difficulty),
    )
    return RecallMemory(stability, difficulty, moment, card.due)


def _card(memory: RecallMemory | None, card_id: int) -> Card:
    if memory is None:
        return Card(card_id=card_id)
    return Card(
        card_id=card_id,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(dt.UTC),
        last_review=memory.reviewed_at.astimezone(dt.UTC),
    )


@dataclass(frozen=True)
class Candidate:
    """A question of a lesson that was done.

    `due_at` is when it is worth asking, and `reviewed_at` when it was looked back at
    last, or None. `was_missed` says whether its last answer was not right.
    """

    question: uuid.UUID
    lesson: uuid.UUID
    due_at: dt.datetime
    was_missed: bool
    reviewed_at: dt.datetime | None = None


def choose_questions(
    candidates: Iterable[Candidate], at: dt.datetime
) -> list[Candidate]:
    """Return the questions that are left of a look back now, in order.

    A look back has three to five questions of at least two lessons, missed ones first.
    It is empty if there are not enough. What was answered lately counts as a part.
    """
    known = list(candidates)
    done = [each for each in known if _is_lately(each, at)]
    due = sorted((each for each in known if each.due_at <= at), key=_urgency)
    chosen = _spread(due, {each.lesson for each in done})[: max(MOST - len(done), 0)]
    whole = [*done, *chosen]
    is_enough = len(whole) >= FEWEST
    are_spread = len({each.lesson for each in whole}) >= FEWEST_LESSONS
    return chosen if is_enough and are_spread else []


def count_done(candidates: Iterable[Candidate], at: dt.datetime) -> int:
    """Return how many questions of the look back were answered already."""
    return sum(_is_lately(each, at) for each in candidates)


def _is_lately(candidate: Candidate, at: dt.datetime) -> bool:
    reviewed = candidate.reviewed_at
    return reviewed is not None and at - reviewed < ONE_LOOK_BACK


def _urgency(candidate: Candidate) -> tuple[bool, dt.datetime, str]:
    return (not candidate.was_missed, candidate.due_at, str(candidate.question))


def _spread(due: list[Candidate], lessons: set[uuid.UUID]) -> list[Candidate]:
    """Return the questions with one of a second lesson among the first that are asked."""
    first = due[: MOST - 1]
    known = {*lessons, *(each.lesson for each in first)}
    if len(known) >= FEWEST_LESSONS:
        return due
    other = next((each for each in due if each.lesson not in known), None)
    return due if other is None else [*first, other, *due[MOST - 1 :]]


def next_days(candidates: Iterable[Candidate], at: dt.datetime) -> list[dt.datetime]:
    """Return when the next look backs are worth it, the earliest first, up to five.

    Each is the moment at which enough questions are due, a day or more after the last
    look back.
    """
    candidates = list(candidates)
    start = max([at, *(_rests_until(each) for each in candidates if each.reviewed_at)])
    waiting = sorted(candidates, key=lambda each: each.due_at)
    moments: list[dt.datetime] = []
    while waiting and len(moments) < MOST:
        moment = _first_moment(waiting, start)
        if moment is None:
            break
        moments.append(moment)
        start = moment + FIRST_WAIT
        asked = {each.question for each in choose_questions(_rested(waiting), moment)}
        waiting = [each for each in waiting if each.question not in asked]
    return moments


def reminder_moment(
    candidates: Iterable[Candidate], since: dt.datetime
) -> dt.datetime | None:
    """Return when a reminder of the next look back is due, or None if there is none.

    That is once it is worth it, and a day or more after `since`, when the learner asked
    for reminders or looked back last.
    """
    waiting = sorted(candidates, key=lambda each: each.due_at)
    return _first_moment(waiting, since + FIRST_WAIT)


def _rests_until(candidate: Candidate) -> dt.datetime:
    return (candidate.reviewed_at or candidate.due_at) + ONE_LOOK_BACK


def _rested(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [
        Candidate(each.question, each.lesson, each.due_at, each.was_missed)
        for each in candidates
    ]


def _first_moment(waiting: list[Candidate], at: dt.datetime) -> dt.datetime | None:
    """Return the first moment, from now on, at which they make a look back, or None."""
    moments = (max(each.due_at, at) for each in waiting)
    rested = _rested(waiting)
    return next((m for m in moments if choose_questions(rested, m)), None)
