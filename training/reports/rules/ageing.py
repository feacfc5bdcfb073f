"""How long something has been overdue. Pure."""

import datetime as dt
from dataclasses import dataclass

from training.assignments.rules import due


@dataclass(frozen=True)
class Age:
    """A range of days overdue, both ends included; no `last` means open-ended."""

    name: str
    first: int
    last: int | None


AGES = (
    Age("1-7", 1, 7),
    Age("8-14", 8, 14),
    Age("15-30", 15, 30),
    Age("over-30", 31, None),
)


def days_overdue(due_at: dt.datetime, at: dt.datetime, zone: str) -> int:
    """Return how many days ago it was due in the zone, from 0."""
    return max(0, (due.day_in(at, zone) - due.day_in(due_at, zone)).days)


def age_of(days: int) -> Age:
    """Return the range for this number of days; the due date itself is in the first."""
    return next(age for age in AGES if age.last is None or days <= age.last)


def due_between(
    age: Age, at: dt.datetime, zone: str
) -> tuple[dt.datetime | None, dt.datetime]:
    """Return the moments after which and until which items of this age were due.

    If the first is None, any time ago. The second is never after `at`.
    """
    today = due.day_in(at, zone)
    newest = due.end_of_day(today - dt.timedelta(days=age.first), zone)
    until = at if age is AGES[0] else newest
    if age.last is None:
        return None, until
    day_before = today - dt.timedelta(days=age.last + 1)
    return due.end_of_day(day_before, zone), until
