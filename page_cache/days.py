"""Which day it is for what is kept: a review date passes at midnight."""

import datetime
from functools import lru_cache

from django.utils import timezone


def local_day() -> str:
    """Return the date in the current time zone, as ISO 8601 writes it."""
    minute = timezone.now().replace(second=0, microsecond=0)
    return _day_of(minute, timezone.get_current_timezone())


# Working out the date takes longer than finding a kept page. It changes at a whole minute
# everywhere: no zone of the tz database is off UTC by seconds today.
@lru_cache(maxsize=4)
def _day_of(minute: datetime.datetime, zone: datetime.tzinfo) -> str:
    return timezone.localdate(minute, zone).isoformat()
