"""When a course is done and how much is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.rules.completion import (
    count_done,
    course_is_done,
    fifths_done,
    minutes_left,
)

keys = st.sets(st.integers(min_value=0, max_value=9))


@given(keys, keys)
def test_a_course_is_done_exactly_when_every_live_lesson_is(done, live):
    assert course_is_done(done, live) == (bool(live) and not live - done)
    assert (count_done(done, live) == len(live)) == (live <= done)


@given(keys, keys)
def test_lessons_taken_away_do_not_count(done, live):
    assert count_done(done, live) == count_done(done & live, live) <= len(live)


@given(keys, st.dictionaries(st.integers(0, 9), st.integers(1, 60)))
def test_minutes_left_are_those_of_the_lessons_not_done(done, minutes):
    rest = minutes_left(done, minutes)
    assert rest + sum(minutes[key] for key in done & set(minutes)) == sum(
        minutes.values()
    )


def test_an_empty_course_is_never_done():
    assert not course_is_done({1}, set())


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_door_opens_with_the_first_lesson_and_is_open_with_the_last(course):
    done, total = course
    fifths = fifths_done(done, total)
    assert (fifths == 0) == (done == 0)
    assert (fifths == 5) == (done == total)
    assert fifths <= fifths_done(min(done + 1, total), total)


@pytest.mark.parametrize("done", range(6))
def test_in_a_course_of_five_lessons_each_opens_one_fifth(done):
    assert fifths_done(done, 5) == done
