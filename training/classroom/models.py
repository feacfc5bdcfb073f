"""Classroom sessions, and who was invited to them and came."""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from training.assignments.models import CompletionElsewhere
from training.classroom.rules.check_in import CheckInState, check_in_state
from training.classroom.rules.codes import derive_code, normalise_code
from training.teams.models import Team

_SALT = "classroom.code_of_the_day"


def new_secret() -> str:
    """Return what the code of a new session is derived from."""
    return secrets.token_urlsafe(24)


class ClassroomSession(models.Model):
    """A course is taught in a room on a day.

    The code of the day is stored nowhere: only this server can make it from the secret.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    course_key = models.UUIDField(_("course"))
    held_on = models.DateField(_("date"))
    start_time = models.TimeField(_("start"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=80)
    taught_by = models.CharField(_("taught by"), max_length=80)
    hours = models.DecimalField(
        _("hours"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    secret = models.CharField(max_length=40, default=new_secret, editable=False)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("classroom session")
        verbose_name_plural = _("classroom sessions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(taught_by=""),
                name="classroom_session_has_place_and_teacher",
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gt=0),
                name="classroom_session_hours_positive",
            ),
        ]

    def __str__(self):
        return f"classroom session on {self.held_on}"

    @property
    def code(self) -> str:
        """The code of the day."""
        made = salted_hmac(_SALT, self.secret, algorithm="sha256")
        return derive_code(made.digest())

    def has_code(self, typed: str) -> bool:
        return constant_time_compare(normalise_code(typed), self.code)

    def check_in_state(self, at: dt.datetime) -> CheckInState:
        return check_in_state(self.held_on, self.time_zone, at)


class AttendanceState(models.TextChoices):
    """What is known of somebody's attendance."""

    INVITED = "invited", _("invited")
    PRESENT = "present", _("entered the code")
    RECORDED = "recorded", _("attended")
    KNOWN = "known", _("attended, completed on that day already")
    REVOKED = "revoked", _("revoked")


class Attendance(models.Model):
    """Somebody was invited to a session, through a team, and perhaps came.

    `present_at` is what they say themselves, with the code of the day. A trainer
    confirms it, which records the completion, unless one of that day was known.
    """

    session = models.ForeignKey(
        ClassroomSession, on_delete=models.PROTECT, related_name="attendances"
    )
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="attendances"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    present_at = models.DateTimeField(_("entered the code"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    completion = models.ForeignKey(
        CompletionElsewhere,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"], name="attendance_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(completion=None) | Q(confirmed_at__isnull=False),
                name="attendance_confirmed_if_recorded",
            ),
        ]

    def __str__(self):
        return f"{self.learner} at {self.session}"

    @property
    def state(self) -> AttendanceState:
        """What is known; no query if the completion is loaded."""
        if self.completion and self.completion.revoked_at:
            return AttendanceState.REVOKED
        if self.completion:
            return AttendanceState.RECORDED
        if self.confirmed_at:
            return AttendanceState.KNOWN
        return AttendanceState.PRESENT if self.present_at else AttendanceState.INVITED

    @property
    def is_confirmed(self) -> bool:
        return self.state in (AttendanceState.RECORDED, AttendanceState.KNOWN)
