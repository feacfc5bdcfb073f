"""Whose calendar a link opens. Reads only."""

from typing import Any

from accounts.models import User
from training.assignments.models import CalendarLink, digest_calendar_token


def calendar_link_of(user: User) -> CalendarLink | None:
    """Return the link to the user's calendar that works now."""
    return CalendarLink.objects.filter(user=user, revoked_at=None).first()


def calendar_link_with(token: str) -> CalendarLink | None:
    """Return the link with this token, also if it was revoked."""
    rows = CalendarLink.objects.select_related("user")
    return rows.filter(digest=digest_calendar_token(token)).first()


def calendar_links_record(user: User) -> list[dict[str, Any]]:
    """Return when the account's links were made and revoked, for a download."""
    rows = CalendarLink.objects.filter(user=user).order_by("made_at", "pk")
    return [
        {
            "made": row.made_at.isoformat(),
            "revoked": row.revoked_at and row.revoked_at.isoformat(),
        }
        for row in rows
    ]
