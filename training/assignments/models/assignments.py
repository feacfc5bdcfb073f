"""Who is asked to learn what, by when and how often."""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from training.assignments.rules import due
from training.assignments.rules.reminder_steps import Mailing
from training.assignments.rules.satisfaction import Requirement
from training.teams.models import Team

# The kind of job that asks many people.
GIVING_OUT = "give_out"


def usual_reminders() -> list[int]:
    return [14, 3]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self):
        """Assignments that have not ended."""
        return self.filter(ended_at=None)


class Assignment(models.Model):
    """A rule: these people learn this by a date, once or repeatedly.

    An `Obligation` is what it asks of one person in one cycle.
    """

    class DueRule(models.TextChoices):
        ON_A_DATE = "on_a_date", _("on a date")
        AFTER_JOINING = "after_joining", _("a number of days after joining")

    class RecursFrom(models.TextChoices):
        COMPLETION = "completion", _("the day it was completed")
        PREVIOUS_EXPIRY = "previous_expiry", _("the day the previous one expired")
        FIXED_DATE = "fixed_date", _("a fixed date")

    title = models.CharField(_("title"), max_length=160)
    course_key = models.UUIDField(_("course"))
    lesson_keys = models.JSONField(
        _("lessons"),
        default=list,
        blank=True,
        help_text=_("Keys of the chosen lessons; none means the whole course."),
    )
    teams = models.ManyToManyField(Team, blank=True, related_name="assignments")
    people = models.ManyToManyField(Learner, blank=True, related_name="+")
    starts_on = models.DateField(_("starts on"))
    due_rule = models.CharField(_("due"), max_length=20, choices=DueRule.choices)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    due_after_days = models.PositiveSmallIntegerField(
        _("days after joining"), null=True, blank=True
    )
    later_joiners = models.BooleanField(
        _("applies to people who join later"), default=True
    )
    prior_counts = models.BooleanField(_("previous completion counts"), default=False)
    anonymous_counts = models.BooleanField(
        _("learning without signing in counts"), default=False
    )
    elsewhere_counts = models.BooleanField(
        _("completion elsewhere counts"), default=True
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        null=True,
        blank=True,
        help_text=_(
            "Percentage of questions right in each quiz, if more than the course "
            "requires."
        ),
    )
    attempts_counted = models.PositiveSmallIntegerField(
        _("attempts that count"),
        null=True,
        blank=True,
        help_text=_("Later attempts do not count here. If empty, all attempts count."),
    )
    recurs_every_months = models.PositiveSmallIntegerField(
        _("recurs after months"), null=True, blank=True
    )
    recurs_from = models.CharField(
        _("counted from"), max_length=20, choices=RecursFrom.choices, blank=True
    )
    recurs_on = models.DateField(_("fixed date"), null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(
        _("window before expiry, in days"),
        default=30,
        help_text=_("How long before expiry people can do it again."),
    )
    remind_days_before = models.JSONField(
        _("reminders before the due date, in days"), default=usual_reminders, blank=True
    )
    remind_half_way = models.BooleanField(
        _("send a half-way reminder"),
        default=False,
        help_text=_(
            "Sent when half of the time between assignment and due date has passed, "
            "unless another reminder comes within 3 days."
        ),
    )
    notify_date_changes = models.BooleanField(
        _("send an e-mail when someone's due date changes"),
        default=True,
        help_text=_(
            "It gives the old and new dates. Sent once per change: an extension, a "
            "change to this assignment, or days added for a pause."
        ),
    )
    escalate_after_days = models.PositiveSmallIntegerField(
        _("notify the manager after days overdue"),
        null=True,
        blank=True,
        help_text=_(
            "Goes to the manager named in the team. If empty, no manager is notified."
        ),
    )
    key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text=_("Comes from the form, so that a form submitted twice counts once."),
    )
    audience_changed_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_(
            "When the teams or people were changed; new ones are asked from then."
        ),
    )
    version = models.PositiveIntegerField(
        default=1,
        help_text=_("Increases with each edit, so that no edit is overwritten."),
    )
    changed_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_rule="on_a_date", due_on__isnull=False)
                | Q(due_rule="after_joining", due_after_days__isnull=False),
                name="assignment_due_rule_complete",
                violation_error_message=_("Choose when it is due."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="assignment_due_after_start",
                violation_error_message=_(
                    "The due date cannot be before the start date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | Q(pass_mark__gte=1, pass_mark__lte=100),
                name="assignment_pass_mark_per_cent",
                violation_error_message=_("The pass mark must be between 1 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(attempts_counted=None) | Q(attempts_counted__gte=1),
                name="assignment_attempts_from_one",
                violation_error_message=_("At least one attempt must count."),
            ),
            models.CheckConstraint(
                condition=Q(recurs_every_months=None, recurs_from="")
                | Q(
                    recurs_every_months__gte=1,
                    recurs_from__in=["completion", "previous_expiry"],
                )
                | Q(
                    recurs_every_months__gte=1,
                    recurs_from="fixed_date",
                    recurs_on__isnull=False,
                ),
                name="assignment_recurrence_complete",
                violation_error_message=_(
                    "Choose how often it recurs, and what that is counted from."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def audience_since(self) -> dt.datetime:
        """The earliest moment from which the current audience can have been asked."""
        return self.audience_changed_at or self.created_at

    @property
    def requirement(self) -> Requirement:
        """What has to be done, for obligations created from now on."""
        return Requirement(
            lesson_keys=tuple(sorted(self.lesson_keys)),
            pass_mark=self.pass_mark,
            attempts_counted=self.attempts_counted,
            prior_counts=self.prior_counts,
            anonymous_counts=self.anonymous_counts,
            elsewhere_counts=self.elsewhere_counts,
        )

    def requirement_of(self, cycle: int) -> Requirement:
        """What has to be done in that cycle; in later cycles, it is done again."""
        if cycle == 1:
            return self.requirement
        return replace(self.requirement, prior_counts=False)

    @property
    def mailing(self) -> Mailing:
        """Its mail settings, for the rules in `reminder_steps`."""
        return Mailing(
            tuple(self.remind_days_before),
            self.escalate_after_days,
            self.remind_half_way,
        )

    @property
    def timing(self) -> due.Timing:
        """When it is due and recurs, for the rules in `due`."""
        return due.Timing(
            starts_on=self.starts_on,
            due_on=self.due_on if self.due_rule == self.DueRule.ON_A_DATE else None,
            due_after_days=self.due_after_days,
            recurs_every_months=self.recurs_every_months,
            recurs_from=self.recurs_from,
            recurs_on=self.recurs_on,
            window_days=self.window_days,
        )
