"""Who was asked to learn what, by when, and how often again."""

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
        """Assignments that nobody ended."""
        return self.filter(ended_at=None)


class Assignment(models.Model):
    """A rule: these people learn this, by then, and perhaps every so often.

    What follows from it for one person is an `Obligation`.
    """

    class DueRule(models.TextChoices):
        ON_A_DATE = "on_a_date", _("on a date")
        AFTER_JOINING = "after_joining", _("a number of days after joining")

    class RecursFrom(models.TextChoices):
        COMPLETION = "completion", _("the day it was completed")
        PREVIOUS_EXPIRY = "previous_expiry", _("the day the last one expired")
        FIXED_DATE = "fixed_date", _("a fixed date")

    title = models.CharField(_("title"), max_length=160)
    course_key = models.UUIDField(_("course"))
    lesson_keys = models.JSONField(
        _("lessons"),
        default=list,
        blank=True,
        help_text=_("Keys of the lessons chosen; none means the whole course."),
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
    prior_counts = models.BooleanField(_("what was done before counts"), default=False)
    anonymous_counts = models.BooleanField(
        _("what was done without signing in counts"), default=False
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        null=True,
        blank=True,
        help_text=_(
            "Per cent of the questions of each quiz, beyond what the course asks anyway."
        ),
    )
    attempts_counted = models.PositiveSmallIntegerField(
        _("attempts that count"),
        null=True,
        blank=True,
        help_text=_("Later attempts teach, but do not count here. Empty: all count."),
    )
    recurs_every_months = models.PositiveSmallIntegerField(
        _("again after months"), null=True, blank=True
    )
    recurs_from = models.CharField(
        _("counted from"), max_length=20, choices=RecursFrom.choices, blank=True
    )
    recurs_on = models.DateField(_("fixed date"), null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(
        _("window before expiry, in days"),
        default=30,
        help_text=_("How long before it expires it can be done again."),
    )
    remind_days_before = models.JSONField(
        _("reminders before, in days"), default=usual_reminders, blank=True
    )
    remind_half_way = models.BooleanField(
        _("remind half-way"),
        default=False,
        help_text=_(
            "When half of the time between assignment and due date has gone by. Left out"
            " where another reminder comes within three days."
        ),
    )
    notify_date_changes = models.BooleanField(
        _("send a mail when somebody's due date changes"),
        default=True,
        help_text=_(
            "With the old date and the new one, once per change: after an extension, a"
            " change of this assignment, or days added for a pause."
        ),
    )
    escalate_after_days = models.PositiveSmallIntegerField(
        _("tell the manager after days overdue"),
        null=True,
        blank=True,
        help_text=_("The manager whom the team names. Empty: no manager is told."),
    )
    key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text=_("Comes with the form, so that one sent twice counts once."),
    )
    audience_changed_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_(
            "When other teams or people were chosen; they are asked from then."
        ),
    )
    version = models.PositiveIntegerField(
        default=1, help_text=_("Goes up with each edit, so that none is overwritten.")
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
                violation_error_message=_("Say when it is due."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="assignment_due_after_start",
                violation_error_message=_("It cannot be due before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | Q(pass_mark__gte=1, pass_mark__lte=100),
                name="assignment_pass_mark_per_cent",
                violation_error_message=_("A pass mark is between 1 and 100."),
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
                    "Say how often it comes again, and from when that is counted."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def audience_since(self) -> dt.datetime:
        """From when on those who have it now can have been asked for it."""
        return self.audience_changed_at or self.created_at

    @property
    def requirement(self) -> Requirement:
        """What has to be done, for the obligations made from now on."""
        return Requirement(
            lesson_keys=tuple(sorted(self.lesson_keys)),
            pass_mark=self.pass_mark,
            attempts_counted=self.attempts_counted,
            prior_counts=self.prior_counts,
            anonymous_counts=self.anonymous_counts,
        )

    def requirement_of(self, cycle: int) -> Requirement:
        """What has to be done in that cycle: what comes again is done again."""
        if cycle == 1:
            return self.requirement
        return replace(self.requirement, prior_counts=False)

    @property
    def mailing(self) -> Mailing:
        """What it says of mail, for the rules in `reminder_steps`."""
        return Mailing(
            tuple(self.remind_days_before),
            self.escalate_after_days,
            self.remind_half_way,
        )

    @property
    def timing(self) -> due.Timing:
        """When it is due and comes again, for the rules in `due`."""
        return due.Timing(
            starts_on=self.starts_on,
            due_on=self.due_on if self.due_rule == self.DueRule.ON_A_DATE else None,
            due_after_days=self.due_after_days,
            recurs_every_months=self.recurs_every_months,
            recurs_from=self.recurs_from,
            recurs_on=self.recurs_on,
            window_days=self.window_days,
        )
