"""What is kept of the mail that somebody got: taking it out and blanking it."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from training.models import Notice


def _about(user):
    return Notice.objects.filter(
        Q(recipient=user) | Q(obligation__learner__user=user)
    ).distinct()


def mail_record(user: User) -> list[dict[str, Any]]:
    """Return the kinds and dates of mail to the user, as plain values."""
    rows = Notice.objects.filter(recipient=user).order_by("scheduled_for", "pk")
    return [
        {
            "kind": row.kind,
            "state": row.state,
            "due": row.scheduled_for.isoformat(),
            "sent": row.sent_at and row.sent_at.isoformat(),
        }
        for row in rows
    ]


def blank_mail(user: User, at: datetime) -> None:
    """Take address and words from all mail to the user or about what they owed.

    What still waits is not sent any more. That there was mail, and when, stays.
    """
    keys = list(_about(user).values_list("pk", flat=True))
    rows = Notice.objects.filter(pk__in=keys)
    rows.filter(state__in=[Notice.State.QUEUED, Notice.State.FAILED]).update(
        state=Notice.State.DROPPED
    )
    rows.update(address="", subject="", text="", error="", why={})
    rows.filter(recipient=user).update(recipient=None)
