"""The days on which a scheduled report is sent. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from training.assignments.rules import due

MORNING = dt.time(7)


def newest_report_at(frequency: str, at: dt.datetime, zone: str) -> dt.datetime:
    """Return the latest moment not after `at` at which it was due, in UTC.

    `weekly` is on Mondays, `monthly` on the first of the month, both at 7am in the
    zone.
    """
    today = due.day_in(at, zone)
    if _morning_of(today, zone) > at:
        today -= dt.timedelta(days=1)
    if frequency == "weekly":
        return _morning_of(today - dt.timedelta(days=today.weekday()), zone)
    return _morning_of(today.replace(day=1), zone)


def _morning_of(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(dt.UTC)
