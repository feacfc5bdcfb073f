"""What the day of a page's next check means. Pure.

Until the end of that day the page is as good as checked; after it readers are told.
Then the course's grace runs, and once that is over the lesson's quiz pauses.
"""

import datetime as dt

DEFAULT_GRACE_DAYS = 90


def is_past(next_check: dt.date, today: dt.date) -> bool:
    """Return whether the check was due before today."""
    return next_check < today


def last_day_of_quiz(next_check: dt.date, grace_days: int | None) -> dt.date:
    """Return the last day on which the quiz is asked; None is the usual grace."""
    return next_check + dt.timedelta(days=grace_days or DEFAULT_GRACE_DAYS)
