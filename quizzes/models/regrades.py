"""Records of what went live when, and whether learners have seen it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from course.models.lessons import GivenAnswers, KindOfChange
from quizzes.models.records import AppendOnly, Grade, Paper


class Publication(AppendOnly):
    """A version of a quiz that went live, and what its author decided.

    The newest one for a lesson and language shows which paper is live.
    """

    lesson_key = models.UUIDField()
    locale = models.CharField(max_length=20)
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="publications"
    )
    kind_of_change = models.CharField(max_length=20, choices=KindOfChange.choices)
    given_answers = models.CharField(max_length=20, choices=GivenAnswers.choices)
    changed_answers = models.JSONField(
        default=list,
        help_text=_("The keys of the questions whose right answer changed."),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who published it. Blank if a command did."),
    )
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication of a quiz")
        verbose_name_plural = _("publications of quizzes")
        indexes = [
            models.Index(
                fields=["lesson_key", "locale"], name="publication_of_a_lesson"
            ),
        ]

    def __str__(self):
        return f"{self.paper} live on {self.published_at:%Y-%m-%d}"


class SeenChange(models.Model):
    """Records that a learner has seen the right answers that a publication changed."""

    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="seen"
    )
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seen change")
        verbose_name_plural = _("seen changes")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "publication"], name="seen_change_once"
            )
        ]

    def __str__(self):
        return f"{self.publication}, seen"


class SeenGrade(AppendOnly):
    """Records that a learner has seen a grade given after the first one."""

    grade = models.OneToOneField(Grade, on_delete=models.PROTECT, related_name="seen")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seen grade")
        verbose_name_plural = _("seen grades")

    def __str__(self):
        return f"{self.grade}, seen"
