"""The link in an invitation: signed, of one address, and dead after its use.

Nothing of it is stored. It names the invitation and the address it went to, so that it
opens nothing once an administrator corrected the address.
"""

import datetime as dt
from enum import Enum

from django.core import signing

from training.teams.models import Invitation, Membership, needs_password

_SALT = "training.invitation"


class InvitationStatus(Enum):
    OPEN = "open"
    USED = "used"
    OVER = "over"


def token_of(invitation: Invitation) -> str:
    """Return what stands in the link."""
    held = {"invitation": invitation.pk, "email": invitation.learner.user.email}
    return signing.dumps(held, salt=_SALT, compress=True)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation the link was made for; None if it was altered or replaced.

    Whether it may still be used is told by `standing`.
    """
    try:
        held = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related("team", "learner__user", "invited_by")
    return rows.filter(
        pk=held["invitation"], learner__user__email=held["email"]
    ).first()


def invitation_status(invitation: Invitation, at: dt.datetime) -> InvitationStatus:
    """Return whether somebody may come in by it: once, in time, while wanted."""
    user = invitation.learner.user
    if user is None or not user.is_active:
        return InvitationStatus.OVER
    if invitation.accepted_at or not needs_password(user):
        return InvitationStatus.USED
    is_in_time = invitation.invited_at <= at < invitation.expires_at
    return (
        InvitationStatus.OPEN
        if is_in_time and _is_expected(invitation)
        else InvitationStatus.OVER
    )


def _is_expected(invitation):
    """Who asked for it themself need not be in the team yet."""
    if invitation.team.archived_at:
        return False
    return (
        invitation.invited_by_id is None
        or Membership.objects.filter(
            team=invitation.team_id, learner=invitation.learner_id, left_at=None
        ).exists()
    )
