"""E-mails about checks that are due. Records only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewReminder(models.Model):
    """One e-mail to somebody about the day of a page's next check.

    The row is committed before its e-mail is sent, so that a second run sends none.
    """

    page_key = models.UUIDField(_("key of the page"))
    locale = models.CharField(_("language"), max_length=20)
    next_check = models.DateField(_("next check"))
    days_before = models.PositiveSmallIntegerField(
        _("days before"),
        default=0,
        help_text=_(
            "0: the page is past its review date. Otherwise: the warning is sent this "
            "many days before its quiz pauses."
        ),
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="review_reminders",
        verbose_name=_("recipient"),
    )
    noted_at = models.DateTimeField(_("noted at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("review reminder")
        verbose_name_plural = _("review reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["page_key", "locale", "next_check", "days_before", "recipient"],
                name="review_reminder_unique",
            )
        ]

    def __str__(self):
        return f"{self.page_key}, due on {self.next_check}, to {self.recipient_id}"
