"""What has this learner done? Records: appended, or moved forwards only.

Courses and lessons are named by their translation keys, never by a page's
primary key, so records outlive pages and hold in every language.
"""

import secrets

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def newer_than(self, enrolment: str):
        """Later cycles of the enrolment that a row of another query points to.

        `enrolment` is the name by which that query reaches it, such as “enrolment”.
        """
        return self.filter(
            learner=OuterRef(f"{enrolment}__learner"),
            course_key=OuterRef(f"{enrolment}__course_key"),
            cycle__gt=OuterRef(f"{enrolment}__cycle"),
        )

    def newest_cycle(self):
        """The last way of each learner through each course."""
        later = Enrolment.objects.filter(
            learner=OuterRef("learner"),
            course_key=OuterRef("course_key"),
            cycle__gt=OuterRef("cycle"),
        )
        return self.filter(~Exists(later))


class Enrolment(models.Model):
    """One learner's way through one course; a recertification is a new cycle."""

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


class LessonProgressQuerySet(models.QuerySet["LessonProgress"]):
    def done(self):
        """Lessons passed, or read where there was nothing to pass."""
        return self.exclude(passed_at=None, read_at=None)

    def in_newest_cycle(self):
        """Rows of enrolments after which no later cycle was begun."""
        return self.filter(~Exists(Enrolment.objects.newer_than("enrolment")))


class LessonProgress(models.Model):
    """How far a lesson got within an enrolment. Once set, a date stays."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="lessons"
    )
    lesson_key = models.UUIDField()
    started_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_signed_in = models.BooleanField(
        default=False,
        help_text=_("Whether somebody signed in marked it as read."),
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
    """Return a random certificate number of 80 bits, in characters easy to read."""
    return secrets.token_hex(10)


class Certificate(models.Model):
    """That an enrolment was completed, in words frozen on that day."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="certificate"
    )
    serial = models.CharField(max_length=32, unique=True, default=new_serial)
    issued_at = models.DateTimeField()
    statement = models.JSONField(
        help_text=_("Titles of the course and its lessons as they were.")
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self):
        return f"certificate {self.serial}"
