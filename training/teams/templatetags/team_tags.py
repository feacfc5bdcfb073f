"""The state of a team member's account and role, as text."""

from django import template

from training.teams.models import Membership, needs_password
from training.teams.wording.accounts import account_state

register = template.Library()
register.filter(account_state)


@register.filter
def is_waiting(membership):
    """Return whether somebody was invited and has never signed in."""
    return needs_password(membership.learner.user)


@register.filter
def role_name(role):
    """Return the name of a role, or an empty text for none."""
    return Membership.Role(role).label if role else ""
