"""Which addresses are proposed for whom. Reads only."""

import datetime as dt
from typing import Any

from django.db.models import Q

from accounts.models import (
    AddressProposal,
    AddressProposalQuerySet,
    User,
    digest_proposal_token,
)


def open_proposals(at: dt.datetime) -> AddressProposalQuerySet:
    """Return the proposals that wait for a decision, oldest first."""
    rows = AddressProposal.objects.open_at(at).select_related("user", "proposed_by")
    return rows.order_by("proposed_at", "pk")


def open_proposal_for(user: User, at: dt.datetime) -> AddressProposal | None:
    """Return the proposal for the account that waits for a decision."""
    return open_proposals(at).filter(user=user).first()


def proposal_with(token: str) -> AddressProposal | None:
    """Return the proposal of the link with this token, also if it was decided."""
    rows = AddressProposal.objects.select_related("user", "proposed_by")
    return rows.filter(digest=digest_proposal_token(token)).first()


def newest_proposal_for(user: User) -> AddressProposal | None:
    """Return the newest proposal for the account, decided or not."""
    rows = AddressProposal.objects.select_related("user", "proposed_by")
    return rows.filter(user=user).order_by("proposed_at", "pk").last()


def proposals_ended_before(moment: dt.datetime) -> AddressProposalQuerySet:
    """Return proposals that were decided, withdrawn or expired before the moment."""
    expired = Q(ended_at=None, expires_at__lt=moment)
    return AddressProposal.objects.filter(Q(ended_at__lt=moment) | expired)


def proposals_record(user: User) -> list[dict[str, Any]]:
    """Return the addresses proposed for the account, for a download."""
    return [
        {
            "old": row.old,
            "new": row.new,
            "proposed": row.proposed_at.isoformat(),
            "decided": row.ended_at and row.ended_at.isoformat(),
            "outcome": row.outcome,
            "reason": row.reason,
        }
        for row in user.address_proposals.order_by("proposed_at", "pk")
    ]
