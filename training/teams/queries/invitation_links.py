"""The link in an invitation: signed, for one address, and valid for one use.

It is not stored. It names the invitation and the address it was sent to, so it stops
working once an administrator corrects the address.
"""

import datetime as dt
from enum import Enum
from operator import itemgetter

from accounts.signed_values import read_signed_value, sign_value
from training.teams.models import Invitation, Membership, needs_password

_SALT = "training.invitation"


class InvitationStatus(Enum):
    OPEN = "open"
    USED = "used"
    OVER = "over"


def token_of(invitation: Invitation) -> str:
    """Return the token in the link."""
    held = {"invitation": invitation.pk, "email": invitation.learner.user.email}
    return sign_value(held, salt=_SALT)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that the link belongs to.

    None if the link was altered or the address has changed since. `invitation_status`
    says whether the invitation can still be used.
    """
    named = read_signed_value(token, itemgetter("invitation", "email"), salt=_SALT)
    if named is None:
        return None
    key, email = named
    rows = Invitation.objects.select_related("team", "learner__user", "invited_by")
    return rows.filter(pk=key, learner__user__email=email).first()


def invitation_status(invitation: Invitation, at: dt.datetime) -> InvitationStatus:
    """Return whether the invitation can be used: once, in time and while it applies."""
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
    """People who asked for it themselves need not be in the team yet."""
    if invitation.team.archived_at:
        return False
    return (
        invitation.invited_by_id is None
        or Membership.objects.filter(
            team=invitation.team_id, learner=invitation.learner_id, left_at=None
        ).exists()
    )
