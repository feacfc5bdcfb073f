"""Secret links with which calendars read somebody's due dates."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

_SALT = "assignments.calendar_links"


def digest_calendar_token(token: str) -> str:
    """Return what is kept of a link: only this server can make it from the token."""
    return salted_hmac(_SALT, token, algorithm="sha256").hexdigest()


class CalendarLink(models.Model):
    """A link to an account's calendar, until it is revoked. The token is not stored."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to a calendar")
        verbose_name_plural = _("links to calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at=None),
                name="calendar_link_one_open",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="calendar_link_revoked_after_making",
            ),
        ]

    def __str__(self):
        return f"calendar of {self.user}"
