"""Choosing when the weekly digest is sent. Safe to call again."""

import datetime as dt

from accounts.models import User
from training.assignments.models import DigestTime


def choose_digest_time(*, user: User, weekday: int, hour: int, at: dt.datetime) -> None:
    """Send the user's digest at this day and hour, from the next one on."""
    known = DigestTime.objects.filter(user=user, weekday=weekday, hour=hour)
    if not known.exists():
        values = {"weekday": weekday, "hour": hour, "chosen_at": at}
        DigestTime.objects.update_or_create(user=user, defaults=values)


def forget_digest_time(user: User, at: dt.datetime) -> None:
    """Remove the account's choice."""
    DigestTime.objects.filter(user=user).delete()
