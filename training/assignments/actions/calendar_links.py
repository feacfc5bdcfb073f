"""Making and revoking the link to somebody's calendar. Safe to call again."""

import datetime as dt
import secrets

from django.db import transaction

from accounts.models import User
from training.assignments.models import CalendarLink, digest_calendar_token


@transaction.atomic
def make_calendar_link(*, user: User, at: dt.datetime) -> str:
    """Return the token of a new link to the user's calendar. It is stored nowhere.

    An earlier link stops working.
    """
    # So that of two at once, one is made after the other.
    User.objects.select_for_update().get(pk=user.pk)
    revoke_calendar_link(user=user, at=at)
    token = secrets.token_urlsafe(24)
    CalendarLink.objects.create(
        user=user, digest=digest_calendar_token(token), made_at=at
    )
    return token


def revoke_calendar_link(*, user: User, at: dt.datetime) -> None:
    """Let the link to the user's calendar open nothing any more."""
    CalendarLink.objects.filter(user=user, revoked_at=None).update(revoked_at=at)


def forget_calendar_links(user: User, at: dt.datetime) -> None:
    """Remove the account's links."""
    CalendarLink.objects.filter(user=user).delete()
