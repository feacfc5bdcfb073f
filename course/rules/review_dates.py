"""What the day of a page's next check means. Pure.

Until the end of that day the page is as good as checked; after it readers are told.
Then the course's grace runs, and once that is over the lesson's quiz pauses.
"""

import datetime as dt

DEFAULT_GRACE_DAYS = 90
# So many days before a quiz pauses those who can prevent it are told.
WARNED_DAYS_BEFORE = (60, 30, 7)


def is_past(next_check: dt.date, today: dt.date) -> bool:
    """Return whether the check was due before today."""
    return next_check < today


def last_day_of_quiz(next_check: dt.date, grace_days: int | None) -> dt.date:
    """Return the last day on which the quiz is asked; None is the usual grace."""
    return next_check + dt.timedelta(days=grace_days or DEFAULT_GRACE_DAYS)


def days_to_pause(last_day: dt.date, today: dt.date) -> int:
    """Return in how many days the quiz pauses; 0 or less where it is paused already."""
    return (last_day - today).days + 1


def warning_step(last_day: dt.date, today: dt.date) -> int | None:
    """Return which warning is out by today, by its days before; None before the first.

    Where days were missed, only the newest of the warnings counts; none does any more
    once the quiz is paused.
    """
    left = days_to_pause(last_day, today)
    return min((days for days in WARNED_DAYS_BEFORE if 0 < left <= days), default=None)
