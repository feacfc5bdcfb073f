"""What mail went to one person, for a download."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from training.models import Notice


def mail_record(user: User) -> list[dict[str, Any]]:
    """Return the mail that was, or is still to be, sent to the account."""
    return [
        {
            "kind": row.kind,
            "about": row.subject_key,
            "address": row.address,
            "planned_for": row.scheduled_for.isoformat(),
            "state": row.state,
            "sent": row.sent_at and row.sent_at.isoformat(),
            "why": row.why,
        }
        for row in notices_to(user).order_by("scheduled_for", "pk")
    ]


def notices_to(user: User) -> QuerySet[Notice]:
    """Notices to the account, or to its address as that of a manager."""
    return Notice.objects.filter(Q(recipient=user) | Q(address__iexact=user.email))
