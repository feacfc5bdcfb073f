"""What a learner still remembers of the lessons they have done."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from accounts.signed_values import read_signed_value, sign_value
from progress.rules.recall import EASIEST, HARDEST, RecallMemory

_STOP = "look_back_mail.stop"


class RecallCard(models.Model):
    """A question that a learner looked back at, and when it is worth asking again.

    The figures are those of `progress.rules.recall`. A question without a card was not
    looked back at yet.
    """

    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="recall_cards"
    )
    lesson_key = models.UUIDField()
    question_key = models.UUIDField()
    was_right = models.BooleanField()
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question to look back at")
        verbose_name_plural = _("questions to look back at")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "question_key"], name="recall_card_once"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("reviewed_at")),
                name="recall_card_due_after_review",
            ),
            models.CheckConstraint(
                condition=Q(stability__gt=0), name="recall_card_stability_positive"
            ),
            models.CheckConstraint(
                condition=Q(difficulty__gte=EASIEST, difficulty__lte=HARDEST),
                name="recall_card_difficulty_in_range",
            ),
        ]

    def __str__(self):
        return f"question {self.question_key} for {self.learner}"

    @property
    def memory(self) -> RecallMemory:
        return RecallMemory(
            stability=self.stability,
            difficulty=self.difficulty,
            reviewed_at=self.reviewed_at,
            due_at=self.due_at,
        )


class RecallReminder(models.Model):
    """That a learner with an account asked for an e-mail when a look back is due."""

    learner = models.OneToOneField(
        Learner, on_delete=models.PROTECT, related_name="recall_reminder"
    )
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("e-mail when a look back is due")
        verbose_name_plural = _("e-mails when a look back is due")

    def __str__(self):
        return f"look backs by e-mail for {self.learner}"

    @property
    def stop_code(self) -> str:
        """The signed text in an e-mail's address for stopping these e-mails."""
        return sign_value(self.learner.user_id, salt=_STOP)


def account_to_stop(code: str) -> int | None:
    """Return the id of the account whose e-mails the code stops, or None."""
    return read_signed_value(code, int, salt=_STOP)
