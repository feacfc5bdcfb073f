"""Quiet hours: mail waits for their end, by the team's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from training.quiet import quiet_until

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
    found = quiet_until(moment, "Europe/Madrid", dt.time(19, 30), dt.time(7))
    assert found == dt.datetime(2026, 3, ends, 6, tzinfo=dt.UTC)


def test_before_they_begin_mail_leaves():
    moment = dt.datetime(2026, 3, 4, 18, 29, tzinfo=dt.UTC)
    assert quiet_until(moment, "Europe/Madrid", dt.time(19, 30), dt.time(7)) is None


def test_at_their_very_end_mail_leaves():
    moment = dt.datetime(2026, 3, 4, 6, tzinfo=dt.UTC)
    assert quiet_until(moment, "Europe/Madrid", dt.time(20), dt.time(7)) is None


@given(MOMENTS, ZONES, TIMES)
def test_the_same_time_twice_means_none(moment, zone, time):
    assert quiet_until(moment, zone, time, time) is None


@given(MOMENTS, ZONES, TIMES, TIMES)
def test_what_waits_waits_for_less_than_a_day_and_then_leaves(
    moment, zone, begins, ends
):
    until = quiet_until(moment, zone, begins, ends)
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
    inside = quiet_until(moment, zone, begins, ends) is not None
    outside = quiet_until(moment, zone, ends, begins) is not None
    assert inside != outside
