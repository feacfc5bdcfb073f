"""Bars of a drop-off only descend."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from training.reports.rules.charts import WIDTH, bar_chart
from training.reports.rules.drop_off import Drop, count_reached, largest_drop


def test_who_reached_a_later_lesson_reached_the_earlier_ones():
    assert count_reached({0: 2, 1: 1, 3: 4}, 4) == [7, 5, 4, 4]


def test_the_largest_drop_is_named_and_the_first_of_equals():
    assert largest_drop([10, 8, 5, 2]) == Drop(2, 3)


def test_where_nobody_stopped_there_is_no_drop():
    assert largest_drop([4, 4, 4]) is None
    assert largest_drop([]) is None


@given(st.lists(st.integers(0, 6)))
def test_counts_never_rise_and_begin_with_all(furthest):
    counts = count_reached(Counter(furthest), 7)
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(furthest)


@given(st.lists(st.floats(-1, 2), max_size=9))
def test_bars_stay_within_the_drawing(shares):
    chart = bar_chart([("a", "b", share) for share in shares])
    assert all(0 <= bar.width <= WIDTH for bar in chart.bars)
    assert all(bar.bar_y + chart.bar_height <= chart.height for bar in chart.bars)
