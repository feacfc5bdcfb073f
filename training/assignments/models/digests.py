"""When trainers want to be told who is behind."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """The days of a week, as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class DigestTime(models.Model):
    """The day and hour that a trainer chose for the weekly digest.

    Without a row, it is sent on Mondays at 7:00. Nothing is sent for earlier weeks.
    """

    USUAL_HOUR = 7

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField(
        _("day"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=USUAL_HOUR)
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("time of a digest")
        verbose_name_plural = _("times of digests")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6) & Q(hour__lte=23),
                name="digest_time_in_a_week",
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.hour}:00 for {self.user}"
