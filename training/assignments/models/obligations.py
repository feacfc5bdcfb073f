"""What an assignment asks of each person, cycle by cycle."""

import datetime as dt

from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from progress.models import Enrolment
from training.assignments.models.assignments import Assignment
from training.assignments.models.completions import CompletionElsewhere
from training.assignments.models.exceptions import ExceptionEntry
from training.assignments.models.pauses import Pause
from training.assignments.rules import due
from training.teams.models import Team

SOON = dt.timedelta(days=14)


class Status(models.TextChoices):
    """The status of an obligation, shown as text with an icon, not by colour."""

    DONE = "done", _("done")
    EXPIRED = "expired", _("expired")
    WAIVED = "waived", _("waived")
    OVERDUE = "overdue", _("overdue")
    DUE_SOON = "due_soon", _("due soon")
    OPEN = "open", _("to do")
    PAUSED = "paused", _("paused")
    UPCOMING = "upcoming", _("not open yet")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def icon(self) -> str:
        """Return the name of the Wagtail icon shown next to the text."""
        return {
            Status.DONE: "circle-check",
            Status.EXPIRED: "history",
            Status.WAIVED: "minus",
            Status.OVERDUE: "warning",
            Status.DUE_SOON: "time",
            Status.OPEN: "radio-empty",
            Status.PAUSED: "lock",
            Status.UPCOMING: "calendar",
            Status.WITHDRAWN: "cross",
        }[self]


# What somebody still has to do.
TO_DO = (Status.OVERDUE, Status.DUE_SOON, Status.OPEN)
# The same, and what cannot be done at the moment.
UNFINISHED = (*TO_DO, Status.PAUSED, Status.UPCOMING)


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def in_force(self):
        """Obligations that are not withdrawn: the person is still asked."""
        return self.filter(withdrawn_at=None)

    def unsatisfied(self):
        return self.in_force().filter(satisfied_at=None)

    def revise(self, *, at: dt.datetime, **values) -> int:
        """Update them and increase their revision; return how many were updated.

        Calendars only accept an update with a higher sequence number.
        """
        return self.update(changes=F("changes") + 1, changed_at=at, **values)

    def newest_cycle(self):
        """The latest cycle of each person in each assignment."""
        later = Obligation.objects.filter(
            assignment=OuterRef("assignment"),
            learner=OuterRef("learner"),
            cycle__gt=OuterRef("cycle"),
        )
        return self.filter(~Exists(later))

    def with_status(self, at: dt.datetime):
        """Annotate `effective_due_at` and `status` as of the given moment.

        Exceptions only count while they are in force, so expired ones stop applying by
        themselves. Paused obligations are not due; `actions.pauses` moves their date.
        """
        ledger = ExceptionEntry.objects.in_force(at).filter(obligation=OuterRef("pk"))
        extended = (
            ledger.filter(kind=ExceptionEntry.Kind.EXTENSION)
            .order_by()
            .values("obligation")
            .annotate(latest=Max(Coalesce("moved_due_at", "due_at")))
            .values("latest")
        )
        waived = ledger.filter(kind=ExceptionEntry.Kind.WAIVER)
        paused = Pause.objects.at(at).filter(obligation=OuterRef("pk"))
        own = Coalesce("moved_due_at", "due_at")
        return self.annotate(
            effective_due_at=Greatest(own, Coalesce(Subquery(extended), own))
        ).annotate(
            status=Case(
                When(
                    satisfied_at__isnull=False,
                    expires_at__lt=at,
                    then=Value(Status.EXPIRED.value),
                ),
                When(satisfied_at__isnull=False, then=Value(Status.DONE.value)),
                When(withdrawn_at__isnull=False, then=Value(Status.WITHDRAWN.value)),
                When(Exists(waived), then=Value(Status.WAIVED.value)),
                When(opens_at__gt=at, then=Value(Status.UPCOMING.value)),
                When(Exists(paused), then=Value(Status.PAUSED.value)),
                When(effective_due_at__lt=at, then=Value(Status.OVERDUE.value)),
                When(effective_due_at__lt=at + SOON, then=Value(Status.DUE_SOON.value)),
                default=Value(Status.OPEN.value),
                output_field=models.CharField(),
            )
        )


class Obligation(models.Model):
    """What one person has to do in one cycle, with the dates and rule frozen."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="obligations"
    )
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="obligations"
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        help_text=_("The team it was assigned through; none if assigned individually."),
    )
    cycle = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField(_("opens"))
    due_at = models.DateTimeField(_("due"))
    moved_due_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_("The due date plus the days on which it was paused."),
    )
    time_zone = models.CharField(
        max_length=64, help_text=_("The time zone used to work out the end of the day.")
    )
    requirement = models.JSONField(
        help_text=_("What has to be done, as originally asked.")
    )
    satisfied_at = models.DateTimeField(_("done"), null=True, blank=True)
    satisfied_by = models.ForeignKey(
        Enrolment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    satisfied_elsewhere = models.ForeignKey(
        CompletionElsewhere,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        help_text=_("What it was done by if it was not learnt here."),
    )
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    changes = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("How often its dates or state have been updated."),
    )
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "learner", "cycle"],
                name="obligation_unique_in_cycle",
            ),
            models.CheckConstraint(
                condition=Q(cycle__gte=1), name="obligation_cycle_from_one"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("opens_at")),
                name="obligation_due_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(
                    satisfied_at=None, satisfied_by=None, satisfied_elsewhere=None
                )
                | Q(
                    satisfied_at__isnull=False,
                    satisfied_by__isnull=False,
                    satisfied_elsewhere=None,
                )
                | Q(
                    satisfied_at__isnull=False,
                    satisfied_by=None,
                    satisfied_elsewhere__isnull=False,
                ),
                name="obligation_satisfied_by_one",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(satisfied_at__isnull=False),
                name="obligation_expires_once_satisfied",
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "due_at"],
                condition=Q(satisfied_at=None, withdrawn_at=None),
                name="obligation_open_by_team",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(satisfied_at=None, withdrawn_at=None),
                name="obligation_open_by_due",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="obligation_by_expiry",
            ),
        ]

    def __str__(self):
        return f"{self.assignment}: {self.learner}, cycle {self.cycle}"

    @property
    def names_for_log(self) -> dict[str, str]:
        """What an entry of the log calls it: see `training.teams.log`."""
        return {"assignment": self.assignment.title}

    @property
    def is_open(self) -> bool:
        """Whether the person is still asked for it."""
        return self.satisfied_at is None and self.withdrawn_at is None

    @property
    def is_done_elsewhere(self) -> bool:
        """Whether it is done by what a trainer recorded as completed elsewhere."""
        return self.satisfied_elsewhere_id is not None

    @property
    def window(self) -> due.Cycle:
        """When it can be done in time, without exceptions."""
        return due.Cycle(self.opens_at, self.due_at)

    @property
    def days_added(self) -> int:
        """The number of paused days that were added to the due date."""
        if not self.moved_due_at:
            return 0
        moved, first = (
            due.day_in(moment, self.time_zone)
            for moment in (self.moved_due_at, self.due_at)
        )
        return (moved - first).days

    @property
    def previous_expiry(self) -> dt.datetime | None:
        """When the previous cycle expired, which this one was due to renew."""
        return self.due_at if self.cycle > 1 else None
