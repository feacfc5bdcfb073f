"""Long work and how far it is, what recurring work did last, and that a worker is there.

Tasks are the engine's rows.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
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


class Job(models.Model):
    """Long work that somebody started, done in parts by a chain of short tasks.

    What it is about, and what is done in a part, its kind knows (`jobs.kinds`).
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=50)
    about = models.PositiveBigIntegerField(
        help_text=_("The row it is about; its kind knows of which table.")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.RUNNING
    )
    total = models.PositiveIntegerField(help_text=_("How many rows it is for."))
    done = models.PositiveIntegerField(default=0)
    part = models.PositiveIntegerField(
        default=0, help_text=_("The next part. A task for another one does nothing.")
    )
    tries = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often this part was begun.")
    )
    stop_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    result = models.JSONField(
        default=dict, help_text=_("What its kind notes of the result, such as counts.")
    )

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None)
                | (
                    Q(state__in=["done", "stopped", "failed"])
                    & Q(ended_at__isnull=False)
                ),
                name="job_ended_has_date",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="job_done_within_total"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.about}"

    @property
    def is_running(self) -> bool:
        """Whether there is more to do, and nobody stopped it."""
        return self.state == self.State.RUNNING
