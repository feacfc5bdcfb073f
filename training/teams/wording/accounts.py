"""The state of a team member's account, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.teams.models import Membership, needs_password

MAIL_FAILS = gettext_lazy("E-mail comes back")


def account_state(membership: Membership) -> str:
    """Return the state of the person's account; needs `invited_until` annotated."""
    user = membership.learner.user
    if user is None:
        return ""
    if not user.is_active:
        return _("Closed")
    if not needs_password(user):
        return _("Can sign in")
    if membership.invited_until and membership.invited_until > timezone.now():
        day = date_format(timezone.localtime(membership.invited_until))
        return _("Invited, until %(day)s") % {"day": day}
    return _("Invitation expired")
