"""What follows from the date of a page's next check. Pure.

Until the end of that day the page counts as checked. After that, readers see a notice,
and when the course's grace period is over, the lesson's quiz pauses.
"""

import datetime as dt

DEFAULT_GRACE_DAYS = 90
# How many days before a quiz pauses people who can prevent it are warned.
WARNED_DAYS_BEFORE = (60, 30, 7)
# A page may stay open on a phone, or without a network, for days.
TAKEN_DAYS_AFTER = 7


def is_past(next_check: dt.date, today: dt.date) -> bool:
    """Return whether the check was due before today."""
    return next_check < today


def last_day_of_quiz(next_check: dt.date, grace_days: int | None) -> dt.date:
    """Return the last day the quiz is open. None means the default grace period."""
    return next_check + dt.timedelta(days=grace_days or DEFAULT_GRACE_DAYS)


def takes_answer(last_day: dt.date, asked_on: dt.date, today: dt.date) -> bool:
    """Return whether the quiz takes an answer today to what it asked on that day.

    For a week, a paused quiz takes what it had asked before.
    """
    taken_until = last_day + dt.timedelta(days=TAKEN_DAYS_AFTER)
    return today <= last_day or (asked_on <= last_day and today <= taken_until)


def days_to_pause(last_day: dt.date, today: dt.date) -> int:
    """Return in how many days the quiz pauses, or 0 or less if it is paused."""
    return (last_day - today).days + 1


def warning_step(last_day: dt.date, today: dt.date) -> int | None:
    """Return the current warning as its days before the pause, or None.

    If days were missed, only the newest warning counts. There is none before the first,
    or once the quiz is paused.
    """
    left = days_to_pause(last_day, today)
    return min((days for days in WARNED_DAYS_BEFORE if 0 < left <= days), default=None)
