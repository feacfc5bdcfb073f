"""What a learner has done. Records are only appended or moved forwards.

Courses and lessons are identified by translation keys, never by a page's primary key,
so records outlive pages and apply in every language.
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from progress.rules.certification import State, state_of


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def newer_than(self, enrolment: str):
        """Later cycles of the enrolment that a row in another query refers to.

        `enrolment` is the lookup for it in that query, such as “enrolment”.
        """
        return self.filter(
            learner=OuterRef(f"{enrolment}__learner"),
            course_key=OuterRef(f"{enrolment}__course_key"),
            cycle__gt=OuterRef(f"{enrolment}__cycle"),
        )

    def newest_cycle(self):
        """The latest enrolment of each learner in each course."""
        later = Enrolment.objects.filter(
            learner=OuterRef("learner"),
            course_key=OuterRef("course_key"),
            cycle__gt=OuterRef("cycle"),
        )
        return self.filter(~Exists(later))


class Enrolment(models.Model):
    """One learner going through one course once; a recertification is a new cycle."""

    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="enrolments"
    )
    course_key = models.UUIDField()
    cycle = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key", "cycle"],
                name="enrolment_unique_in_cycle",
            ),
            models.CheckConstraint(
                condition=Q(cycle__gte=1), name="enrolment_cycle_from_one"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("started_at")),
                name="enrolment_completed_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.learner} in course {self.course_key}, cycle {self.cycle}"

    @property
    def certificate(self) -> "Certificate | None":
        """The certificate in force; `certificates` also has those it replaced."""
        rows = (row for row in self.certificates.all() if row.replaced_at is None)
        return next(rows, None)


class LessonProgressQuerySet(models.QuerySet["LessonProgress"]):
    def done(self):
        """Lessons passed, or read if there was nothing to pass."""
        return self.exclude(passed_at=None, read_at=None)

    def in_newest_cycle(self):
        """Rows of enrolments without a later cycle."""
        return self.filter(~Exists(Enrolment.objects.newer_than("enrolment")))


class LessonProgress(models.Model):
    """Progress in a lesson within an enrolment. Dates never change once set."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="lessons"
    )
    lesson_key = models.UUIDField()
    started_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_signed_in = models.BooleanField(
        default=False,
        help_text=_("Whether a signed-in learner marked it as read."),
    )
    last_read_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_(
            "When a signed-in learner last marked it as read, which can happen again."
        ),
    )

    objects = LessonProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_key"],
                name="lesson_progress_unique_in_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None) | Q(passed_at__gte=F("started_at")),
                name="lesson_progress_passed_after_start",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("started_at")),
                name="lesson_progress_read_after_start",
            ),
        ]

    def __str__(self):
        return f"lesson {self.lesson_key} of {self.enrolment}"

    @property
    def is_done(self) -> bool:
        return bool(self.passed_at or self.read_at)


def new_serial() -> str:
    """Return a random 80-bit certificate number in easily readable characters."""
    return secrets.token_hex(10)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def in_force(self):
        """Certificates that have not been replaced, including revoked ones."""
        return self.filter(replaced_at=None)


class Certificate(models.Model):
    """Certifies that an enrolment was completed, in words frozen on that day.

    Reissuing adds a row: the earlier one does not change, but is marked as replaced.
    """

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        related_name="certificates",
        related_query_name="certificate",
    )
    serial = models.CharField(
        _("number"), max_length=32, unique=True, default=new_serial
    )
    issued_at = models.DateTimeField(_("issued"))
    statement = models.JSONField(
        help_text=_("Course, lessons, version and rule at that time. It names nobody.")
    )
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    shows_name = models.BooleanField(
        _("shows the name"),
        default=False,
        help_text=_(
            "Whether people who check the certificate can see the holder's name."
        ),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=255, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    issue_reason = models.CharField(
        max_length=255, blank=True, help_text=_("Why it was reissued.")
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who reissued it; empty for the first certificate."),
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(replaced_at=None),
                name="certificate_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="certificate_revoked_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(issue_reason=""),
                name="certificate_issued_again_has_reason",
            ),
        ]

    def __str__(self):
        return f"certificate {self.serial}"

    def state(self, at: datetime, *, is_update_due: bool) -> State:
        """Return its status; a room above decides whether an update is due."""
        return state_of(
            is_revoked=self.revoked_at is not None,
            is_replaced=self.replaced_at is not None,
            valid_until=self.valid_until,
            is_update_due=is_update_due,
            at=at,
        )
