"""When quizzes were paused, and which obligations waited for them."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.assignments.rules.pauses import LastDayRecord, Span


class LastQuizDay(models.Model):
    """The last day of a lesson's quiz, as known from a given moment.

    Rows are only added: earlier review dates of a page are recorded only here.
    """

    lesson_key = models.UUIDField(_("lesson"))
    last_day = models.DateField(_("last day"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("last day of a quiz")
        verbose_name_plural = _("last days of quizzes")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson_key", "since"], name="last_quiz_day_once"
            ),
        ]

    def __str__(self):
        return f"{self.lesson_key}: {self.last_day}, since {self.since}"

    @property
    def record(self) -> LastDayRecord:
        return LastDayRecord(self.last_day, self.since)


class PauseQuerySet(models.QuerySet["Pause"]):
    def at(self, moment: dt.datetime):
        """Pauses in force at the moment."""
        runs = Q(ends_at=None) | Q(ends_at__gt=moment)
        return self.filter(runs, starts_at__lte=moment)


class Pause(models.Model):
    """A time in which somebody could not do an obligation because a quiz was paused."""

    obligation = models.ForeignKey(
        "assignments.Obligation", on_delete=models.CASCADE, related_name="pauses"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(ends_at=None),
                name="pause_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["obligation", "starts_at"], name="pause_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="pause_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.obligation}, paused since {self.starts_at}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)
