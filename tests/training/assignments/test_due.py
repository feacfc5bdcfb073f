"""Days are resolved in the team's time zone, and expiry follows its base date."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.reminding import ladder_of, reminded_on
from training.assignments.rules import due

ZONES = ["UTC", "Europe/Madrid", "America/St_Johns", "Pacific/Kiritimati"]
zones = st.sampled_from(ZONES)
days = st.dates(dt.date(2024, 1, 1), dt.date(2031, 12, 31))
moments = st.datetimes(
    dt.datetime(2024, 1, 1),  # noqa: DTZ001
    dt.datetime(2031, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def a_timing(**fields):
    return due.Timing(
        **{
            "starts_on": dt.date(2026, 1, 10),
            "due_on": dt.date(2026, 2, 10),
            "due_after_days": None,
            "recurs_every_months": None,
            "recurs_from": "",
            "recurs_on": None,
            "window_days": 30,
        }
        | fields
    )


def noon(year, month, day):
    return dt.datetime(year, month, day, 12, tzinfo=dt.UTC)


@given(days, zones)
def test_a_day_ends_in_its_own_zone(day, zone):
    local = due.end_of_day(day, zone).astimezone(ZoneInfo(zone))
    assert (local.date(), local.hour, local.minute) == (day, 23, 59)


def test_a_day_in_madrid_ends_an_hour_earlier_in_utc():
    assert due.end_of_day(dt.date(2026, 1, 31), "Europe/Madrid") == dt.datetime(
        2026, 1, 31, 22, 59, 59, tzinfo=dt.UTC
    )


def test_a_fixed_date_holds_for_those_who_were_there():
    cycle = due.first_cycle(a_timing(), noon(2025, 6, 1), "UTC")
    assert cycle.opens_at == due.start_of_day(dt.date(2026, 1, 10), "UTC")
    assert cycle.due_at == due.end_of_day(dt.date(2026, 2, 10), "UTC")


def test_who_joins_after_the_date_gets_as_many_days_as_the_others():
    cycle = due.first_cycle(a_timing(), noon(2026, 3, 1), "UTC")
    assert cycle.due_at == due.end_of_day(dt.date(2026, 4, 1), "UTC")


def test_days_after_joining_count_from_the_start_for_those_already_there():
    timing = a_timing(due_on=None, due_after_days=14)
    early = due.first_cycle(timing, noon(2025, 6, 1), "UTC")
    late = due.first_cycle(timing, noon(2026, 3, 1), "UTC")
    assert early.due_at == due.end_of_day(dt.date(2026, 1, 24), "UTC")
    assert late.due_at == due.end_of_day(dt.date(2026, 3, 15), "UTC")


def test_what_does_not_recur_never_expires():
    assert due.expiry_of(a_timing(), noon(2026, 2, 1), None, "UTC") is None


@pytest.mark.parametrize(
    ("base", "done", "previous", "expected"),
    [
        ("completion", (2026, 2, 1), (2026, 3, 1), (2027, 2, 1)),
        # Early: nothing is lost.
        ("previous_expiry", (2026, 2, 1), (2026, 3, 1), (2027, 3, 1)),
        # Late: it starts anew from completion.
        ("previous_expiry", (2026, 4, 1), (2026, 3, 1), (2027, 4, 1)),
        ("previous_expiry", (2026, 4, 1), None, (2027, 4, 1)),
        # November is within the window before December: the year after.
        ("fixed_date", (2026, 11, 20), None, (2027, 12, 1)),
        ("fixed_date", (2026, 10, 1), None, (2026, 12, 1)),
    ],
)
def test_expiry_follows_the_base_date(base, done, previous, expected):
    timing = a_timing(
        recurs_every_months=12, recurs_from=base, recurs_on=dt.date(2024, 12, 1)
    )
    expires_at = due.expiry_of(timing, noon(*done), previous and noon(*previous), "UTC")
    assert expires_at == due.end_of_day(dt.date(*expected), "UTC")


def test_the_last_of_the_month_stays_the_last_after_a_short_month():
    timing = a_timing(
        recurs_every_months=1, recurs_from="fixed_date", recurs_on=dt.date(2026, 1, 31)
    )
    expires_at = due.expiry_of(timing, noon(2026, 2, 20), None, "UTC")
    assert due.day_in(expires_at, "UTC") == dt.date(2026, 3, 31)


@given(moments, st.integers(1, 60), st.integers(0, 90), zones)
def test_a_fixed_date_never_asks_again_within_the_window(done, months, window, zone):
    timing = a_timing(
        recurs_every_months=months,
        recurs_from="fixed_date",
        recurs_on=dt.date(2023, 5, 31),
        window_days=window,
    )
    expires_at = due.expiry_of(timing, done, None, zone)
    assert due.next_cycle(timing, expires_at, zone).opens_at > done


@given(moments, moments, st.integers(1, 60), zones)
def test_renewing_early_never_shortens_what_is_valid(done, previous, months, zone):
    timing = a_timing(recurs_every_months=months, recurs_from="previous_expiry")
    by_completion = a_timing(recurs_every_months=months, recurs_from="completion")
    kind = due.expiry_of(timing, done, previous, zone)
    assert kind >= due.expiry_of(by_completion, done, None, zone)


def test_reminders_come_before_on_and_after_the_day():
    cycle = due.first_cycle(a_timing(), noon(2025, 6, 1), "UTC")
    steps = ladder_of(cycle, "UTC", [3, 14])
    assert [(step.kind, step.days) for step in steps] == [
        ("assigned", 31),
        ("before", 14),
        ("before", 3),
        ("due_today", 0),
        *[("overdue", days) for days in (1, 4, 7, 14, 30, 37)],
    ]
    assert [step.day for step in steps] == sorted(step.day for step in steps)


def test_nobody_is_reminded_before_it_has_opened():
    cycle = due.first_cycle(
        a_timing(due_on=None, due_after_days=5), noon(2026, 1, 10), "UTC"
    )
    assert [
        s.days for s in ladder_of(cycle, "UTC", [14, 5, 3]) if s.kind == "before"
    ] == [3]


LADDER = due.Cycle(
    due.start_of_day(dt.date(2026, 3, 1), "UTC"),
    due.end_of_day(dt.date(2026, 3, 31), "UTC"),
)


def step_on(day, *, told_from=None):
    at = LADDER.opens_at + dt.timedelta(days=day, hours=9)
    steps = reminded_on(at, LADDER, "UTC", (14, 3), told_from)
    return next(((step.kind, step.days) for step in steps), None)


def test_each_day_has_the_newest_step_of_the_ladder():
    assert step_on(-1) is None
    assert step_on(0) == step_on(14) == ("assigned", 30)
    assert step_on(15) is None
    assert step_on(16) == ("before", 14)
    assert step_on(27) == step_on(29) == ("before", 3)
    assert step_on(30) == ("due_today", 0)
    assert step_on(31) == step_on(33) == ("overdue", 1)
    assert step_on(60) == step_on(66) == ("overdue", 30)
    assert step_on(67) == step_on(73) == ("overdue", 37)
    assert step_on(74) == ("overdue", 44)


def test_what_came_before_it_concerned_somebody_is_not_told():
    late = LADDER.opens_at + dt.timedelta(days=28)
    assert step_on(28, told_from=late) == ("assigned", 2)
    assert step_on(30, told_from=late) == ("due_today", 0)


@given(st.integers(0, 100), st.integers(0, 60), st.lists(st.integers(0, 60)))
def test_the_step_never_lies_ahead_and_never_long_behind(day, told, days_before):
    at = LADDER.opens_at + dt.timedelta(days=day)
    told_from = LADDER.opens_at + dt.timedelta(days=told)
    for step in reminded_on(at, LADDER, "UTC", days_before, told_from):
        assert told_from.date() <= step.day <= at.date()
        assert (at.date() - step.day).days <= due.STALE_DAYS
