"""Quiet hours: mail waits for their end, by the team's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mail.rules.quiet_hours import QuietHours

ZONES = st.sampled_from(["UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata"])
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(
    dt.datetime(2026, 1, 1),  # noqa: DTZ001
    dt.datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (dt.datetime(2026, 3, 4, 5, 59, tzinfo=dt.UTC), 4),
        (dt.datetime(2026, 3, 4, 0, 0, tzinfo=dt.UTC), 4),
        (dt.datetime(2026, 3, 4, 18, 30, tzinfo=dt.UTC), 5),
    ],
)
def test_they_end_in_the_morning_of_madrid(moment, ends):
    found = QuietHours("Europe/Madrid", dt.time(19, 30), dt.time(7)).quiet_until(moment)
    assert found == dt.datetime(2026, 3, ends, 6, tzinfo=dt.UTC)


def test_before_they_begin_mail_leaves():
    moment = dt.datetime(2026, 3, 4, 18, 29, tzinfo=dt.UTC)
    assert (
        QuietHours("Europe/Madrid", dt.time(19, 30), dt.time(7)).quiet_until(moment)
        is None
    )


def test_at_their_very_end_mail_leaves():
    moment = dt.datetime(2026, 3, 4, 6, tzinfo=dt.UTC)
    assert (
        QuietHours("Europe/Madrid", dt.time(20), dt.time(7)).quiet_until(moment) is None
    )


@given(MOMENTS, ZONES, TIMES)
def test_the_same_time_twice_means_none(moment, zone, time):
    assert QuietHours(zone, time, time).quiet_until(moment) is None


@given(MOMENTS, ZONES, TIMES, TIMES)
def test_what_waits_waits_for_less_than_a_day_and_then_leaves(
    moment, zone, begins, ends
):
    until = QuietHours(zone, begins, ends).quiet_until(moment)
    assume(until is not None)
    assert moment < until <= moment + dt.timedelta(hours=25)
    local = until.astimezone(ZoneInfo(zone))
    # An end that the clock leaps over in spring comes an hour later.
    assert (
        local.time() == ends
        or local.utcoffset() != moment.astimezone(ZoneInfo(zone)).utcoffset()
    )


@given(MOMENTS, ZONES, TIMES, TIMES)
def test_a_moment_is_quiet_by_one_span_or_by_the_other(moment, zone, begins, ends):
    assume(begins != ends)
    inside = QuietHours(zone, begins, ends).quiet_until(moment) is not None
    outside = QuietHours(zone, ends, begins).quiet_until(moment) is not None
    assert inside != outside
