"""On which days does a scheduled report go out? Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

from training.assignments.rules import due

MORNING = dt.time(7)


def newest_report_at(frequency: str, at: dt.datetime, zone: str) -> dt.datetime:
    """Return the last moment, not after `at`, at which it was to go out; in UTC.

    `weekly` is Monday, `monthly` the first of the month, each at seven in the zone.
    """
    today = due.day_in(at, zone)
    if _morning_of(today, zone) > at:
        today -= dt.timedelta(days=1)
    if frequency == "weekly":
        return _morning_of(today - dt.timedelta(days=today.weekday()), zone)
    return _morning_of(today.replace(day=1), zone)


def _morning_of(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(dt.UTC)
