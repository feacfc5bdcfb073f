"""What a trainer chose for the list of people, and did for many last."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import Job


class ColumnChoice(models.Model):
    """The columns that a trainer chose; without a row, the usual ones are shown."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    columns = models.JSONField(default=list, help_text=_("The names of the columns."))

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")

    def __str__(self):
        return ", ".join(self.columns)


class BulkAct(models.Model):
    """What somebody did last for many people, so that it can be undone.

    Each person has one row at most. Only what can be undone is kept.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    verb = models.CharField(max_length=20)
    terms = models.JSONField(default=dict, help_text=_("What was asked for."))
    people = models.JSONField(
        default=list, help_text=_("The memberships for which it was done.")
    )
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("what was done for many people")
        verbose_name_plural = _("what was done for many people")

    def __str__(self):
        return f"{self.verb} by {self.by}"
