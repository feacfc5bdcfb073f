"""Reports that people get regularly by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.teams.models import Team


class ScheduledReport(models.Model):
    """A schedule on which somebody gets “Who is behind” every week or month.

    It contains no names: the report is read when it is sent, from what the recipient
    may see at that time.
    """

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("every Monday")
        MONTHLY = "monthly", _("on the first day of the month")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="scheduled_reports",
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("team"),
        help_text=_("If empty, all teams that you look after at the time."),
    )
    frequency = models.CharField(
        _("how often"), max_length=20, choices=Frequency.choices
    )
    created_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("report by e-mail")
        verbose_name_plural = _("reports by e-mail")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "team"],
                condition=Q(team__isnull=False),
                name="scheduled_report_once_per_team",
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(team=None),
                name="scheduled_report_once_for_all_teams",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=["weekly", "monthly"]),
                name="scheduled_report_frequency_known",
            ),
        ]

    def __str__(self):
        return str(self.team) if self.team else gettext("All my teams")
