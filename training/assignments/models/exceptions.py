"""The ledger of exceptions: each has dates, a reason and one cycle."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner


class ExceptionEntryQuerySet(models.QuerySet["ExceptionEntry"]):
    def in_force(self, at: dt.datetime):
        """Entries that have started, have not ended and are not revoked."""
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at, revoked_at=None
        )


class ExceptionEntry(models.Model):
    """An exception to one obligation. It ends by itself and is never edited."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("later due date")
        WAIVER = "waiver", _("waiver")
        EXTRA_ATTEMPTS = "extra_attempts", _("extra attempts")
        HAND_OVER = "hand_over", _("hand-over to a deputy")
        ASKED_AGAIN = "asked_again", _("asked again")

    obligation = models.ForeignKey(
        "assignments.Obligation", on_delete=models.PROTECT, related_name="exceptions"
    )
    key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text=_("Comes from the form, so that a form submitted twice counts once."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=255)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    due_at = models.DateTimeField(_("new due date"), null=True, blank=True)
    moved_due_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_("The new due date plus the days on which it was paused."),
    )
    extra_attempts = models.PositiveSmallIntegerField(
        _("extra attempts"), null=True, blank=True
    )
    deputy = models.ForeignKey(
        Learner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputised",
    )
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ExceptionEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="exception_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="exception_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="extension", due_at__isnull=False)
                | Q(kind="waiver")
                | Q(kind="extra_attempts", extra_attempts__gte=1)
                | Q(kind="hand_over", deputy__isnull=False)
                | Q(kind="asked_again"),
                name="exception_complete",
            ),
        ]

    def __str__(self):
        return f"{self.kind} for {self.obligation}"

    def is_in_force(self, at: dt.datetime) -> bool:
        """Return whether it has started, has not ended and is not revoked."""
        begun = self.starts_at <= at and self.revoked_at is None
        return begun and (self.ends_at is None or self.ends_at > at)
