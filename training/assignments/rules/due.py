"""When does it open, fall due, expire and come again? Pure rules over days and zones.

A day belongs to a time zone; what is stored is the moment at which it begins or ends.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from dateutil.relativedelta import relativedelta

from progress.rules.days import day_in, end_of_day, start_of_day

OVERDUE_LADDER = (1, 4, 7, 14, 30)
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


@dataclass(frozen=True)
class ReminderStep:
    """A reminder on a day: `days` is how far off the due date is.

    `kind` is assigned, before, due_today or overdue.
    """

    kind: str
    day: dt.date
    days: int


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


def reminders_of(
    cycle: Cycle, days_before: Sequence[int], zone: str
) -> list[ReminderStep]:
    """Return the reminders of a cycle in order of their days.

    None comes before the cycle has opened; the assigned mail says it then.
    """
    opening, due = day_in(cycle.opens_at, zone), day_in(cycle.due_at, zone)
    before = [
        ReminderStep("before", due - dt.timedelta(days=days), days)
        for days in sorted(set(days_before), reverse=True)
        if days > 0 and due - dt.timedelta(days=days) > opening
    ]
    overdue = [
        ReminderStep("overdue", due + dt.timedelta(days=days), days)
        for days in OVERDUE_LADDER
    ]
    return [*before, ReminderStep("due_today", due, 0), *overdue]


# Thousands of people share a cycle.
@lru_cache(maxsize=4096)
def step_now(
    cycle: Cycle,
    days_before: tuple[int, ...],
    zone: str,
    told_from: dt.datetime,
    at: dt.datetime,
) -> ReminderStep | None:
    """Return the reminder whose day has come, the newest only; None if there is none.

    `told_from` is when it began to concern the person: what lies before is not told,
    and on that day they hear that it was assigned. After an outage of days the newest
    step is still sent, none of those that it overtook, and nothing long past.
    """
    today = day_in(at, zone)
    first = day_in(max(cycle.opens_at, told_from), zone)
    later = [
        step for step in reminders_of(cycle, days_before, zone) if step.day > first
    ]
    days = (day_in(cycle.due_at, zone) - first).days
    passed = [
        step
        for step in (ReminderStep("assigned", first, days), *later)
        if step.day <= today
    ]
    if not passed or (today - passed[-1].day).days > STALE_DAYS:
        return None
    return passed[-1]


def on_day_after(moment: dt.datetime, days: int, zone: str) -> dt.date:
    """Return the day that lies so many days after the moment's."""
    return day_in(moment, zone) + dt.timedelta(days=days)


def last_monday(at: dt.datetime, zone: str) -> dt.date:
    """Return the Monday of the week that the moment lies in."""
    today = day_in(at, zone)
    return today - dt.timedelta(days=today.weekday())
