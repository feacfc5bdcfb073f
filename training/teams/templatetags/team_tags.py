"""The state of a team member's account and role, as text."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.teams.models import Membership, needs_password

register = template.Library()


@register.filter
def is_waiting(membership):
    """Return whether somebody was invited and has never signed in."""
    return needs_password(membership.learner.user)


@register.filter
def account_state(membership):
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


@register.filter
def role_name(role):
    """Return the name of a role, or an empty text for none."""
    return Membership.Role(role).label if role else ""
