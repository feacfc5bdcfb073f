"""When tests of the training room take place."""

import datetime as dt

# A Monday.
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def days(number):
    return START + dt.timedelta(days=number)
