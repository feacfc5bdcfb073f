"""When tests of the training room take place, and the clock that says so."""

import datetime as dt

import pytest
import time_machine

# A Monday.
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def days(number):
    return START + dt.timedelta(days=number)


def clock_at(start, *, autouse=True):
    """Return a fixture: a clock that stands there, until the test moves it."""

    @pytest.fixture(autouse=autouse)
    def clock():
        with time_machine.travel(start, tick=False) as traveller:
            yield traveller

    return clock
