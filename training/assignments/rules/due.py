"""When does it open, fall due, expire and come again? Pure rules over days and zones.

A day belongs to a time zone; what is stored is the moment at which it begins or ends.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from dateutil.relativedelta import relativedelta

from progress.rules.days import day_in, end_of_day, start_of_day

# A reminder that could not be sent for longer is left out.
STALE_DAYS = 14


@dataclass(frozen=True)
class Timing:
    """When something is due and when it comes again, as a trainer said it.

    `due_on` stands for a date, else `due_after_days` for days after joining.
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
    """From when until when something can be done in time, both in UTC."""

    opens_at: dt.datetime
    due_at: dt.datetime


def first_cycle(timing: Timing, joined_at: dt.datetime, zone: str) -> Cycle:
    """Return when it opens and is due for somebody who joined at the moment.

    Whoever joins after a fixed due date gets as many days as the others had.
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
    """Return the first cycle by a changed rule for somebody whose own has begun.

    Who joined after the old rule's start keeps the day of joining.
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
    """Return until when a completion is valid; None where nothing recurs.

    The three base dates follow Totara's recertification: the day of completion; the
    day the last one expired, which loses nothing by being early and starts anew from
    completion when late; or a fixed date, repeated until it lies further off than the
    window, so that nobody who has just finished is asked again.
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
    # From the base each time: the 31st stays the 31st after a short month.
    return (base + relativedelta(months=months * turn) for turn in count())


def next_cycle(timing: Timing, expires_at: dt.datetime, zone: str) -> Cycle:
    """Return the cycle that renews what expires: due by then, open a window before."""
    day = day_in(expires_at, zone) - dt.timedelta(days=timing.window_days)
    return Cycle(start_of_day(day, zone), expires_at)


def window_from(timing: Timing, moment: dt.datetime, zone: str) -> Cycle:
    """Return a cycle that opens on the day of the moment and lasts as long as a window.

    It is for what would have expired before it was said to expire at all.
    """
    day = day_in(moment, zone)
    ending = day + dt.timedelta(days=timing.window_days)
    return Cycle(start_of_day(day, zone), end_of_day(ending, zone))


def on_day_after(moment: dt.datetime, days: int, zone: str) -> dt.date:
    """Return the day that lies so many days after the moment's."""
    return day_in(moment, zone) + dt.timedelta(days=days)


def last_monday(at: dt.datetime, zone: str) -> dt.date:
    """Return the Monday of the week that the moment lies in."""
    today = day_in(at, zone)
    return today - dt.timedelta(days=today.weekday())
