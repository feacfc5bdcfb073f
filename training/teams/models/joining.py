"""Ways to join a team: a code that expires, and an invitation to set a password."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField
from accounts.models import Learner
from training.teams.models.teams import Team

# Digits and capitals that are hard to confuse, read aloud or in print.
_READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Return a random code of 10 readable characters (about 49 bits)."""
    return "".join(secrets.choice(_READABLE) for _place in range(10))


class JoinLink(models.Model):
    """A code with which people join a team as members, until it expires."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="join_links")
    code = models.CharField(max_length=20, unique=True, default=new_code)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="join_link_expires_after_creation",
            ),
        ]

    def __str__(self):
        return f"join link of {self.team}"

    def is_open(self, at: dt.datetime) -> bool:
        return (
            self.closed_at is None
            and at < self.expires_at
            and self.team.archived_at is None
        )


class Invitation(models.Model):
    """An invitation to set a password and sign in. The link is not stored."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("expires"))
    address = AddressField(
        _("address"),
        blank=True,
        help_text=_(
            "The link stops working if the account's address is no longer this one."
        ),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="invitation_expires_after_sending",
            ),
        ]

    def __str__(self):
        return f"invitation of {self.learner} to {self.team}"


def needs_password(user) -> bool:
    """Return whether nobody has ever signed in with this account."""
    return not user.has_usable_password() and user.last_login is None
