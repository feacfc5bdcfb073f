"""In date today, in date on that day, ever finished: three numbers."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.training.moments import days
from training.assignments.rules.pauses import Span
from training.reports.rules.in_date import DatedCycle, Figures, Waiver, in_date_figures


def a_cycle(opens=0, *, withdrawn=None, done=None, until=None, left=None, waived=()):
    dates = (withdrawn, done, until, left)
    moments = [each if each is None else days(each) for each in dates]
    spans = tuple(Waiver(days(a), b if b is None else days(b)) for a, b in waived)
    return DatedCycle(days(opens), *moments, waivers=spans, due_at=days(opens + 30))


def figures_on(day, *cycles):
    found = in_date_figures([cycles], days(day))
    return found.asked, found.in_date, found.ever_finished


def test_nobody_is_asked_before_it_opens():
    assert figures_on(-1, a_cycle()) == (0, 0, 0)
    assert figures_on(0, a_cycle()) == (1, 0, 0)


def test_what_ran_out_was_finished_and_is_not_in_date():
    done = a_cycle(done=5, until=370)
    assert figures_on(4, done) == (1, 0, 0)
    assert figures_on(5, done) == (1, 1, 1)
    assert figures_on(370, done) == (1, 1, 1)
    assert figures_on(371, done) == (1, 0, 1)


def test_in_the_window_of_a_renewal_somebody_is_in_date():
    cycles = a_cycle(done=5, until=370), a_cycle(340)
    assert figures_on(350, *cycles) == (1, 1, 1)
    assert figures_on(371, *cycles) == (1, 0, 1)


def test_who_is_not_asked_any_more_is_not_counted_from_then_on():
    cycles = a_cycle(done=5, until=370), a_cycle(340, withdrawn=360)
    assert figures_on(359, *cycles) == (1, 1, 1)
    assert figures_on(360, *cycles) == (0, 0, 0)


def test_who_left_is_not_counted_from_then_on_though_it_still_holds():
    cycle = a_cycle(done=5, until=370, left=200)
    assert figures_on(199, cycle) == (1, 1, 1)
    assert figures_on(200, cycle) == (0, 0, 0)


def test_a_waiver_counts_while_it_lasts():
    waived = a_cycle(waived=[(10, 20)])
    assert [figures_on(day, waived)[0] for day in (9, 10, 19, 20)] == [1, 0, 0, 1]
    assert figures_on(99, a_cycle(waived=[(10, None)])) == (0, 0, 0)


def test_who_cannot_do_it_is_paused_unless_in_date():
    pause = (Span(days(345), days(380)),)
    done, renewal = a_cycle(done=5, until=370), replace(a_cycle(340), pauses=pause)
    found = {
        day: in_date_figures([[done, renewal]], days(day))
        for day in (344, 350, 371, 380)
    }
    assert {day: (each.in_date, each.paused) for day, each in found.items()} == {
        344: (1, 0),
        350: (1, 0),
        371: (0, 1),
        380: (0, 0),
    }


moments = st.integers(-50, 800)
cycles = st.builds(
    lambda opens, withdrawn, done, lasts: a_cycle(
        opens,
        withdrawn=withdrawn,
        done=done,
        until=None if done is None or lasts is None else done + lasts,
    ),
    moments,
    st.none() | moments,
    st.none() | moments,
    st.none() | st.integers(1, 400),
)


@given(st.lists(st.lists(cycles, max_size=3), max_size=5), moments)
def test_in_date_is_among_ever_finished_is_among_asked(pairs, day):
    found = in_date_figures(pairs, days(day))
    assert 0 <= found.in_date <= found.ever_finished <= found.asked <= len(pairs)
    assert 0 <= found.share <= 1


@given(st.lists(st.lists(cycles, max_size=3), max_size=5), moments)
def test_what_comes_later_changes_no_past_figure(pairs, day):
    until = days(day) + dt.timedelta(days=1)
    known = [[c for c in found if c.opens_at <= until] for found in pairs]
    assert in_date_figures(pairs, days(day)) == in_date_figures(known, days(day))


def test_nobody_asked_is_no_share():
    assert Figures(0, 0, 0).share == 0
