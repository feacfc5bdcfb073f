"""When recurring work is due, and when nothing runs any more."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.register import recurring_work
from jobs.rules import SUNDAY, Recurrence, has_gone_quiet

BERLIN = ZoneInfo("Europe/Berlin")
HOURLY = Recurrence(minutes=60)
NIGHTLY = Recurrence(at=dt.time(3, 15))
SUNDAYS = Recurrence(at=dt.time(3, 45), weekday=SUNDAY)


def moment(day, hour, minute=0):
    """Return the moment in November 2026; the 29th is a Sunday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("recurrence", "last", "now", "due"),
    [
        (HOURLY, moment(28, 12), moment(28, 12, 59), False),
        (HOURLY, moment(28, 12), moment(28, 13), True),
        (NIGHTLY, None, moment(28, 12), True),
        (NIGHTLY, moment(28, 3, 20), moment(28, 23), False),
        (NIGHTLY, moment(28, 3, 20), moment(29, 3, 14), False),
        (NIGHTLY, moment(28, 3, 20), moment(29, 3, 15), True),
        (NIGHTLY, moment(20, 3, 20), moment(28, 1), True),
        (SUNDAYS, moment(22, 3, 50), moment(28, 12), False),
        (SUNDAYS, moment(22, 3, 50), moment(29, 3, 44), False),
        (SUNDAYS, moment(22, 3, 50), moment(29, 3, 45), True),
        (SUNDAYS, moment(22, 3, 50), moment(30, 12), True),
        # A clock that was set back stops nothing for ever.
        (NIGHTLY, moment(30, 12), moment(28, 12), True),
    ],
)
def test_work_is_due_once_its_time_has_come(recurrence, last, now, due):
    assert recurrence.is_due(now, last) is due


@given(
    st.integers(0, 60 * 24 * 700),
    st.integers(0, 60 * 24 * 8),
    st.sampled_from([work.recurrence for work in recurring_work()]),
)
def test_no_work_rests_longer_than_its_period(start, minutes, recurrence):
    now = moment(1, 0) + dt.timedelta(minutes=start)
    last = now - dt.timedelta(minutes=minutes)
    if minutes >= 60 * 24 * 7 + 60:
        assert recurrence.is_due(now, last)


@pytest.mark.parametrize(
    ("recurrence", "now", "following"),
    [
        (HOURLY, moment(28, 12), moment(28, 12)),
        (NIGHTLY, moment(28, 3, 14), moment(28, 3, 15)),
        (NIGHTLY, moment(28, 3, 15), moment(29, 3, 15)),
        (SUNDAYS, moment(28, 12), moment(29, 3, 45)),
        (SUNDAYS, moment(22, 4), moment(29, 3, 45)),
    ],
)
def test_the_next_time_is_ahead_and_fits(recurrence, now, following):
    assert recurrence.next_time(now) == following
    assert recurrence.fits(following)


def test_another_time_or_day_does_not_fit():
    assert not NIGHTLY.fits(moment(28, 3, 16))
    assert not SUNDAYS.fits(moment(28, 3, 45))


def test_a_quarter_of_an_hour_without_a_sign_is_quiet():
    assert has_gone_quiet(moment(28, 12), None)
    assert not has_gone_quiet(moment(28, 12, 15), moment(28, 12))
    assert has_gone_quiet(moment(28, 12, 16), moment(28, 12))
