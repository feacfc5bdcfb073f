"""What recurring work did last, and that a worker is there. Tasks are the engine's rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecurringRun(models.Model):
    """When one piece of recurring work ran: one row for each."""

    command = models.CharField(_("command"), max_length=100, unique=True)
    listed_at = models.DateTimeField(
        help_text=_("When a start of the site or of a worker listed it last.")
    )
    started_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Set while it runs.")
    )
    ended_at = models.DateTimeField(
        _("ended"), null=True, blank=True, help_text=_("When it last ended well.")
    )
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)

    class Meta:
        verbose_name = _("run of recurring work")
        verbose_name_plural = _("runs of recurring work")
        permissions = [("watch_work", "Can see background work and run it again")]

    def __str__(self):
        return self.command

    @property
    def failed_last(self) -> bool:
        """Whether its last run failed."""
        return self.failed_at is not None and (
            self.ended_at is None or self.ended_at < self.failed_at
        )


class WorkerHeartbeat(models.Model):
    """That a worker takes tasks: one row for each queue, whoever serves it."""

    queue = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self):
        return self.queue
