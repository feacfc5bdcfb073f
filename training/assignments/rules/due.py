"""When something opens, is due, expires and recurs. Pure rules over days and zones.

A day belongs to a time zone; what is stored is the moment it starts or ends.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from progress.rules.days import day_in, end_of_day, start_of_day

# A reminder that is delayed for longer is not sent.
STALE_DAYS = 14


@dataclass(frozen=True)
class Timing:
    """When something is due and when it recurs, as set by a trainer.

    Either `due_on` gives a date, or `due_after_days` the days after joining.
    `recurs_from` is completion, previous_expiry, fixed_date or empty.
    """

    starts_on: dt.date
    due_on: dt.date | None
    due_after_days: int | None
    recurs_every_months: int | None
    recurs_from: str
    recurs_on: dt.date | None
    window_days: int


@dataclass(frozen=True)
class Cycle:
    """The time in which something can be done on time; both ends in UTC."""

    opens_at: dt.datetime
    due_at: dt.datetime


def first_cycle(timing: Timing, joined_at: dt.datetime, zone: str) -> Cycle:
    """Return when it opens and is due for somebody who joined at the moment.

    People who join after a fixed due date get as many days as the others had.
    """
    opening = max(day_in(joined_at, zone), timing.starts_on)
    if timing.due_on is None:
        due = opening + dt.timedelta(days=timing.due_after_days or 0)
    elif opening > timing.due_on:
        due = opening + (timing.due_on - timing.starts_on)
    else:
        due = timing.due_on
    return Cycle(start_of_day(opening, zone), end_of_day(due, zone))


def moved_cycle(old: Timing, new: Timing, cycle: Cycle, zone: str) -> Cycle:
    """Return the first cycle under a changed rule for somebody who has started theirs.

    People who joined after the old rule's start keep their joining day.
    """
    if day_in(cycle.opens_at, zone) > old.starts_on:
        return first_cycle(new, cycle.opens_at, zone)
    return first_cycle(new, start_of_day(new.starts_on, zone), zone)


def expiry_of(
    timing: Timing,
    completed_at: dt.datetime,
    previous_expiry: dt.datetime | None,
    zone: str,
) -> dt.datetime | None:
    """Return when a completion expires, or None if it does not recur.

    The three base dates follow Totara's recertification: the day of completion; the day
    the previous one expired, which loses nothing if early and restarts from completion
    if late; or a fixed date, repeated until it is further away than the window, so that
    nobody who has just finished is asked again.
    """
    if not timing.recurs_every_months:
        return None
    completed = day_in(completed_at, zone)
    if timing.recurs_from == "fixed_date" and timing.recurs_on:
        base = timing.recurs_on
        free_until = completed + dt.timedelta(days=timing.window_days)
        days = _every(base, timing.recurs_every_months)
        return end_of_day(next(day for day in days if day > free_until), zone)
    base = completed
    if timing.recurs_from == "previous_expiry" and previous_expiry:
        base = max(base, day_in(previous_expiry, zone))
    return end_of_day(base + relativedelta(months=timing.recurs_every_months), zone)


def _every(base: dt.date, months: int) -> Iterator[dt.date]:
    # Always counted from the base, so the 31st stays the 31st after a short month.
    return (base + relativedelta(months=months * turn) for turn in count())


def next_cycle(timing: Timing, expires_at: dt.datetime, zone: str) -> Cycle:
    """Return the renewing cycle: due at expiry, and open one window before that."""
    day = day_in(expires_at, zone) - dt.timedelta(days=timing.window_days)
    return Cycle(start_of_day(day, zone), expires_at)


def window_from(timing: Timing, moment: dt.datetime, zone: str) -> Cycle:
    """Return a cycle that opens on the moment's day and lasts one window.

    For completions that would have expired before the rule made them expire at all.
    """
    day = day_in(moment, zone)
    ending = day + dt.timedelta(days=timing.window_days)
    return Cycle(start_of_day(day, zone), end_of_day(ending, zone))


def on_day_after(moment: dt.datetime, days: int, zone: str) -> dt.date:
    """Return the date this many days after the moment's."""
    return day_in(moment, zone) + dt.timedelta(days=days)


def last_weekly(at: dt.datetime, zone: str, weekday: int, hour: int) -> dt.datetime:
    """Return the last moment of the weekday and hour in the zone, not after `at`.

    Weekdays count from Monday, which is 0. An hour that clocks skip is the next one.
    """
    today = day_in(at, zone)
    day = today - dt.timedelta(days=(today.weekday() - weekday) % 7)
    found = _hour_of(day, hour, zone)
    return found if found <= at else _hour_of(day - dt.timedelta(days=7), hour, zone)


def _hour_of(day: dt.date, hour: int, zone: str) -> dt.datetime:
    local = dt.datetime.combine(day, dt.time(hour), ZoneInfo(zone))
    return local.astimezone(dt.UTC)
