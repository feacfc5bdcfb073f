"""When a day starts and ends in a time zone. Pure.

A day ends where the next one starts, so that no moment is lost or counted twice when
clocks go back at midnight or a zone skips a whole day.
"""

import datetime as dt
from zoneinfo import ZoneInfo

A_DAY = dt.timedelta(days=1)
A_SECOND = dt.timedelta(seconds=1)


def day_in(moment: dt.datetime, zone: str) -> dt.date:
    """Return the moment's date in the zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of_day(day: dt.date, zone: str) -> dt.datetime:
    """Return the moment at which the day starts in the zone, in UTC.

    If clocks go back over midnight just after it, this is the second midnight; if
    midnight is skipped, the moment that follows; if the whole day is skipped, the start
    of the next day.
    """
    first, second = (_midnight(day, zone, fold) for fold in (0, 1))
    # Without a second midnight, both are the same, or the clocks went forward.
    goes_back = second > first and day_in(second - A_SECOND, zone) < day
    return second if goes_back else first


def end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """Return the last second of the day in the zone, in UTC."""
    return start_of_day(day + A_DAY, zone) - A_SECOND


def _midnight(day: dt.date, zone: str, fold: int) -> dt.datetime:
    local = dt.datetime.combine(day, dt.time(fold=fold), ZoneInfo(zone))
    return local.astimezone(dt.UTC)
