"""Days overdue are days of the team's own clock, and each is of one age."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from training.assignments.rules import due
from training.reports.rules.ageing import AGES, age_of, days_overdue, due_between

NOON = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Pacific/Apia")


def test_it_is_one_day_overdue_on_the_morning_after():
    due_at = due.end_of_day(dt.date(2026, 6, 14), "UTC")
    assert days_overdue(due_at, NOON.replace(hour=0), "UTC") == 1


def test_what_fell_due_earlier_today_is_none_overdue_and_in_the_first_age():
    assert days_overdue(NOON - dt.timedelta(hours=1), NOON, "UTC") == 0
    assert age_of(0).name == "1-7"


def test_ages_meet_without_gap():
    days = [0, 1, 7, 8, 14, 15, 30, 31, 999]
    found = [age_of(day).name for day in days]
    assert found == [
        *["1-7"] * 3,
        *["8-14"] * 2,
        *["15-30"] * 2,
        *["over-30"] * 2,
    ]


@given(
    st.integers(1, 250_000).map(lambda minutes: NOON - dt.timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
)
def test_the_span_of_an_age_holds_just_what_is_of_that_age(due_at, zone):
    age = age_of(days_overdue(due_at, NOON, zone))
    for each in AGES:
        after, until = due_between(each, NOON, zone)
        within = due_at <= until and (after is None or due_at > after)
        # Between the last second of a day and the next day nothing falls due.
        if due_at.second != 59:
            assert within == (each is age)
