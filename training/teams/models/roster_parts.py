"""People of a roster that a job applies, until they are done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from training.teams.rules.rosters.leavers import LONGEST_REASON


class RosterPart(models.Model):
    """Some people of a roster that a job applies; deleted once they are done.

    `people` are people in the file as `rules.rosters.parts` writes them; `absent` are
    the addresses of people to take out, for this reason.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="roster_parts")
    people = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("part of a roster")
        verbose_name_plural = _("parts of rosters")

    def __str__(self):
        return f"part of {self.job}"
