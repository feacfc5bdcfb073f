"""Records of changes for safety that went live."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.records import AppendOnly


class SafetyUpdate(AppendOnly):
    """A change for safety that went live, with its passages and questions.

    Learners who had finished the lesson before are asked these questions again.
    """

    lesson_key = models.UUIDField()
    locale = models.CharField(max_length=20)
    revision = models.PositiveBigIntegerField(
        help_text=_(
            "The id of the revision. Publishing it again is not another update."
        )
    )
    places = models.JSONField(
        help_text=_("The passages that changed, as questions refer to them.")
    )
    questions = models.JSONField(help_text=_("The keys of the questions to ask again."))
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("safety update")
        verbose_name_plural = _("safety updates")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson_key", "locale", "revision"],
                name="safety_update_unique_by_revision",
            )
        ]
        indexes = [
            models.Index(fields=["lesson_key", "published_at"], name="safety_by_lesson")
        ]

    def __str__(self):
        return f"safety update of {self.lesson_key}, {self.published_at:%Y-%m-%d}"
