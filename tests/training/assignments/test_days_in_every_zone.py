"""Every rule that adds or ends days holds in every zone, at month ends, on leap days.

What each rule should give is worked out here from the calendar alone.
"""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mail.rules.quiet_hours import QuietHours
from progress.rules.certification import valid_until
from progress.rules.days import day_in, end_of_day, start_of_day
from tests.training.reminding import ladder_of, reminded_on
from tests.zones import AREAS, days, days_around_changes, moments, zones
from training.assignments.rules import due
from training.reports.rules.ageing import AGES, days_overdue, due_between
from training.reports.rules.report_days import newest_report_at

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
months_on = st.integers(1, 60)
some_days = st.integers(0, 400)
clock_times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def a_timing(**fields):
    usual = {
        "starts_on": dt.date(2026, 1, 10),
        "due_on": None,
        "due_after_days": 30,
        "recurs_every_months": 12,
        "recurs_from": "completion",
        "recurs_on": None,
        "window_days": 30,
    }
    return due.Timing(**usual | fields)


def same_day_later(day, months):
    """Return the same day so many months later, the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def is_last_second(moment, day, zone):
    return day_in(moment, zone) == day and day_in(moment + SECOND, zone) > day


def is_first_second(moment, day, zone):
    return day_in(moment, zone) == day and day_in(moment - SECOND, zone) < day


@given(moments, months_on, zones)
def test_a_certificate_holds_to_the_end_of_the_day_months_later(issued, months, zone):
    last = same_day_later(day_in(issued, zone), months)
    assert is_last_second(valid_until(issued, months, zone), last, zone)


@given(moments, months_on, zones)
def test_what_recurs_from_completion_expires_on_the_day_months_later(
    done, months, zone
):
    found = due.expiry_of(a_timing(recurs_every_months=months), done, None, zone)
    assert is_last_second(found, same_day_later(day_in(done, zone), months), zone)


@given(moments, moments, months_on, zones)
def test_what_recurs_from_expiry_counts_from_the_later_of_the_two(
    done, expired, months, zone
):
    timing = a_timing(recurs_every_months=months, recurs_from="previous_expiry")
    base = max(day_in(done, zone), day_in(expired, zone))
    found = due.expiry_of(timing, done, expired, zone)
    assert is_last_second(found, same_day_later(base, months), zone)


@given(moments, days, st.integers(1, 24), st.integers(0, 90), zones)
def test_a_fixed_date_keeps_its_day_of_the_month(done, base, months, window, zone):
    timing = a_timing(
        recurs_every_months=months,
        recurs_from="fixed_date",
        recurs_on=base,
        window_days=window,
    )
    found = due.expiry_of(timing, done, None, zone)
    day = day_in(found, zone)
    turns, rest = divmod((day.year - base.year) * 12 + day.month - base.month, months)
    assert rest == 0
    assert day == same_day_later(base, turns * months)
    assert is_last_second(found, day, zone)
    assert due.next_cycle(timing, found, zone).opens_at > done


@given(moments, days, some_days, zones)
def test_a_first_cycle_opens_with_a_day_and_ends_with_one(joined, start, given_, zone):
    timing = a_timing(starts_on=start, due_after_days=given_)
    cycle = due.first_cycle(timing, joined, zone)
    opening = max(day_in(joined, zone), start)
    assert is_first_second(cycle.opens_at, opening, zone)
    assert is_last_second(cycle.due_at, opening + given_ * DAY, zone)
    assert due.moved_cycle(timing, timing, cycle, zone) == cycle


@given(moments, some_days, zones)
def test_windows_are_whole_days(moment, window, zone):
    timing = a_timing(window_days=window)
    today = day_in(moment, zone)
    anew = due.window_from(timing, moment, zone)
    assert is_first_second(anew.opens_at, today, zone)
    assert is_last_second(anew.due_at, today + window * DAY, zone)
    renewal = due.next_cycle(timing, end_of_day(today, zone), zone)
    assert is_first_second(renewal.opens_at, today - window * DAY, zone)


@given(days, some_days, st.lists(st.integers(1, 60), max_size=4), zones, st.data())
def test_a_reminder_comes_on_its_own_day_for_the_whole_of_it(
    opening, given_, before, zone, data
):
    cycle = due.Cycle(
        start_of_day(opening, zone), end_of_day(opening + given_ * DAY, zone)
    )
    steps = ladder_of(cycle, zone, before)
    step = data.draw(st.sampled_from(steps))
    assert step.day == opening + (given_ + step.days * sign(step)) * DAY
    for at in (start_of_day(step.day, zone), end_of_day(step.day, zone)):
        assert step in reminded_on(at, cycle, zone, before)


def sign(step):
    return -1 if step.kind in ("assigned", "before") else 1


@given(moments, st.integers(0, 6), st.integers(0, 23), zones)
def test_what_comes_weekly_came_within_the_last_week(moment, weekday, hour, zone):
    last = due.last_weekly(moment, zone, weekday, hour)
    # A week in which clocks change, or a zone skips a day, is longer or shorter.
    assert dt.timedelta(0) <= moment - last < dt.timedelta(days=8, hours=3)
    local = last.astimezone(ZoneInfo(zone))
    skipped = dt.datetime.combine(local.date(), dt.time(hour), ZoneInfo(zone))
    assert local.weekday() == weekday or skipped.astimezone(dt.UTC) != last
    assert local.hour == hour or skipped.astimezone(dt.UTC).hour != hour


@given(moments, st.integers(0, 60), zones)
def test_days_are_counted_on(moment, count, zone):
    today = day_in(moment, zone)
    assert due.on_day_after(moment, count, zone) == today + count * DAY


@given(moments, days, zones)
def test_it_is_overdue_from_the_second_after_its_day(moment, day, zone):
    due_at = end_of_day(day, zone)
    late = (day_in(moment, zone) - day).days
    assert days_overdue(due_at, moment, zone) == max(0, late)
    assert (late > 0) == (moment > due_at)


@given(moments, st.integers(0, 60), zones)
def test_what_is_overdue_is_of_the_age_that_its_days_say(moment, late, zone):
    due_at = end_of_day(day_in(moment, zone) - late * DAY, zone)
    assume(due_at < moment)
    fitting = [
        age
        for age in AGES
        for after, until in [due_between(age, moment, zone)]
        if (after is None or due_at > after) and due_at <= until
    ]
    assert [age.first <= late <= (age.last or late) for age in fitting] == [True]


@given(moments, clock_times, clock_times, zones)
def test_mail_waits_out_the_quiet_hours_once_and_leaves(moment, begins, ends, zone):
    until = QuietHours(zone, begins, ends).quiet_until(moment)
    assume(until is not None)
    assert moment < until <= moment + dt.timedelta(hours=26)
    assert QuietHours(zone, begins, ends).quiet_until(until) is None


@given(moments, st.sampled_from(["weekly", "monthly"]), zones)
def test_a_report_goes_out_at_seven_of_its_own_clock(moment, frequency, zone):
    found = newest_report_at(frequency, moment, zone)
    local = found.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (7, 0)
    assert local.weekday() == 0 if frequency == "weekly" else local.day == 1
    longest = dt.timedelta(days=7 if frequency == "weekly" else 31, hours=2, seconds=1)
    assert dt.timedelta(0) <= moment - found < longest


@pytest.mark.sweep
@pytest.mark.parametrize("area", AREAS)
def test_rules_hold_around_each_change_of_each_clock(area):
    for zone in AREAS[area]:
        for day in days_around_changes(zone):
            check_rules(day, zone)


def check_rules(day, zone):
    ends = end_of_day(day, zone)
    valid = valid_until(ends, 12, zone)
    assert is_last_second(valid, same_day_later(day, 12), zone), zone
    cycle = due.first_cycle(a_timing(due_after_days=0), ends, zone)
    assert is_last_second(cycle.due_at, max(day, dt.date(2026, 1, 10)), zone)
    for hour in range(25):
        at = ends - dt.timedelta(hours=hour)
        until = QuietHours(zone, dt.time(19, 30), dt.time(7)).quiet_until(at)
        assert until is None or at < until <= at + dt.timedelta(hours=14)
        report = newest_report_at("weekly", at, zone)
        assert report <= at < report + dt.timedelta(days=7, hours=3)
