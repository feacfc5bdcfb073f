"""When a question is asked again, and which questions make a look back."""

import datetime as dt
import uuid

from hypothesis import given
from hypothesis import strategies as st

from progress.rules.recall import (
    FEWEST,
    MOST,
    ONE_LOOK_BACK,
    Candidate,
    choose_questions,
    next_days,
    reminder_moment,
    review_memory,
)

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LESSONS = [uuid.UUID(int=n) for n in range(1, 5)]


def remembered(*answers):
    """Return the days between the looks back at a question answered like this."""
    memory, at, days = None, NOW, []
    for is_right in answers:
        memory = review_memory(memory, is_right=is_right, card_id=1, at=at)
        days.append((memory.due_at - at).days)
        at = memory.due_at
    return days


def candidate(number, lesson=0, *, due=-1, missed=False, reviewed=None):
    reviewed_at = None if reviewed is None else NOW - reviewed
    question = uuid.UUID(int=number)
    return Candidate(question, LESSONS[lesson], NOW + due * DAY, missed, reviewed_at)


def numbers(chosen):
    return [each.question.int for each in chosen]


def test_what_is_right_waits_longer_each_time():
    assert remembered(True, True, True, True) == [2, 11, 46, 163]


def test_what_is_missed_comes_back_soon():
    assert remembered(True, True, True, False)[-1] <= 3
    assert remembered(False) == [1]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_the_same_answers_give_the_same_days_and_never_less_than_one(answers):
    days = remembered(*answers)
    assert days == remembered(*answers)
    assert min(days) >= 1


def test_a_local_time_is_the_same_moment():
    there = NOW.astimezone(dt.timezone(dt.timedelta(hours=9)))
    kwargs = {"is_right": True, "card_id": 1}
    assert review_memory(None, at=there, **kwargs) == review_memory(
        None, at=NOW, **kwargs
    )


A_CANDIDATE = st.builds(
    candidate,
    st.integers(1, 40),
    st.integers(0, 3),
    due=st.integers(-3, 3),
    missed=st.booleans(),
)
CANDIDATES = st.lists(A_CANDIDATE, max_size=12, unique_by=lambda each: each.question)


@given(CANDIDATES)
def test_three_to_five_are_asked_of_two_lessons_or_none(candidates):
    chosen = choose_questions(candidates, NOW)
    assert not chosen or FEWEST <= len(chosen) <= MOST
    assert not chosen or len({each.lesson for each in chosen}) >= 2
    assert all(each.due_at <= NOW for each in chosen)
    due = [each for each in candidates if each.due_at <= NOW]
    if len(due) >= FEWEST and len({each.lesson for each in due}) >= 2:
        assert chosen


def test_missed_ones_come_first_and_then_those_due_longest():
    candidates = [
        candidate(1, 0, due=-3),
        candidate(2, 1, due=-1, missed=True),
        candidate(3, 1, due=-2),
    ]
    assert numbers(choose_questions(candidates, NOW)) == [2, 1, 3]


def test_one_of_a_second_lesson_is_among_five():
    candidates = [candidate(n, missed=True) for n in range(1, 9)] + [candidate(9, 1)]
    assert numbers(choose_questions(candidates, NOW)) == [1, 2, 3, 4, 9]


def test_a_look_back_that_was_begun_is_finished():
    lately = candidate(1, 0, due=2, reviewed=dt.timedelta(minutes=5))
    left = [candidate(2, 0), candidate(3, 1)]
    assert numbers(choose_questions([lately, *left], NOW)) == [2, 3]
    before = candidate(1, 0, due=2, reviewed=ONE_LOOK_BACK)
    assert choose_questions([before, *left], NOW) == []


def test_more_than_five_are_left_for_another_day():
    done = [
        candidate(n, 0, due=2, reviewed=dt.timedelta(minutes=5)) for n in range(1, 6)
    ]
    assert choose_questions([*done, candidate(9, 1)], NOW) == []


def test_after_five_the_next_look_back_is_on_another_day():
    done = [
        candidate(n, 0, due=20, reviewed=dt.timedelta(minutes=5)) for n in range(1, 6)
    ]
    left = [candidate(n, n % 2) for n in range(6, 16)]
    first, second, *_later = next_days([*done, *left], NOW)
    assert first - NOW == ONE_LOOK_BACK - dt.timedelta(minutes=5)
    assert second - first >= DAY


@given(CANDIDATES)
def test_on_each_day_that_is_named_there_is_a_look_back(candidates):
    days = next_days(candidates, NOW)
    assert days == sorted(days)
    assert len(days) <= MOST
    assert all(day >= NOW for day in days)
    if days:
        assert choose_questions(candidates, days[0])


def test_a_reminder_comes_a_day_after_asking_or_when_enough_is_due():
    due = [candidate(n, lesson=n % 2) for n in range(1, 5)]
    assert reminder_moment(due, NOW) == NOW + DAY
    later = [candidate(n, lesson=n % 2, due=n) for n in range(1, 5)]
    assert reminder_moment(later, NOW) == NOW + 3 * DAY
    assert reminder_moment(later[:2], NOW) is None
