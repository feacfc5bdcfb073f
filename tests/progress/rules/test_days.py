"""A day ends where the next begins, wherever clocks are put forward or back."""

import datetime as dt

import pytest
from hypothesis import given

from progress.rules.days import day_in, end_of_day, start_of_day
from tests.zones import AREAS, days, days_around_changes, moments, zones

SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def check_day(day, zone):
    begins, ends = start_of_day(day, zone), end_of_day(day, zone)
    assert day_in(begins, zone) == day_in(ends, zone) == day, zone
    assert day_in(begins - SECOND, zone) == day - DAY
    assert day_in(ends + SECOND, zone) == day + DAY
    assert ends + SECOND == start_of_day(day + DAY, zone)
    assert 22 * HOUR <= ends + SECOND - begins <= 26 * HOUR


@given(days, zones)
def test_a_day_holds_its_first_and_last_second_and_no_neighbour(day, zone):
    check_day(day, zone)


@given(moments, zones)
def test_each_moment_lies_within_the_day_it_falls_on(moment, zone):
    day = day_in(moment, zone)
    assert start_of_day(day, zone) <= moment <= end_of_day(day, zone)


@pytest.mark.sweep
@pytest.mark.parametrize("area", AREAS)
def test_days_hold_around_each_change_of_each_clock(area):
    for zone in AREAS[area]:
        for day in days_around_changes(zone):
            check_day(day, zone)


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        # Clocks go back at midnight: the hour before it comes twice.
        ((2026, 4, 4), "America/Santiago", (2026, 4, 5, 3, 59, 59)),
        ((2026, 10, 29), "Africa/Cairo", (2026, 10, 29, 21, 59, 59)),
        # Clocks go forward at midnight: the day after begins at one.
        ((2026, 9, 5), "America/Santiago", (2026, 9, 6, 3, 59, 59)),
        ((2026, 4, 23), "Africa/Cairo", (2026, 4, 23, 21, 59, 59)),
        # Midnight comes twice, both times on the same day.
        ((2026, 10, 31), "America/Havana", (2026, 11, 1, 3, 59, 59)),
        # A minute past midnight clocks went back: it was the day before once more.
        ((2010, 11, 6), "America/St_Johns", (2010, 11, 7, 3, 29, 59)),
        ((2026, 1, 31), "Europe/Madrid", (2026, 1, 31, 22, 59, 59)),
    ],
)
def test_a_day_ends_with_the_last_of_its_seconds(day, zone, ends):
    assert end_of_day(dt.date(*day), zone) == dt.datetime(*ends, tzinfo=dt.UTC)


def test_a_day_left_out_ends_with_the_one_before():
    left_out = end_of_day(dt.date(2011, 12, 30), "Pacific/Apia")
    assert left_out == end_of_day(dt.date(2011, 12, 29), "Pacific/Apia")
