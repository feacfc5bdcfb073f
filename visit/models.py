"""What a learner takes to an appointment. Records only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner

LONGEST_WORDING = 500


class ChosenQuestion(models.Model):
    """A question, or an option to talk about, in an order of the learner's own.

    It is identified by its translation key, like all content that records refer to.
    `wording` is the course's text on the day it was chosen: it is shown if the course
    no longer has it. `page_key` is that of its lesson or course. Nothing in the row is written by the learner.
    """

    class Kind(models.TextChoices):
        TO_ASK = "to_ask", _("question to ask")
        FAQ = "faq", _("question of the FAQ")
        QUIZ = "quiz", _("question of a quiz")
        OPTION = "option", _("option of interest")

    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="chosen_questions"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.UUIDField()
    page_key = models.UUIDField()
    wording = models.CharField(max_length=LONGEST_WORDING)
    place = models.PositiveIntegerField()
    is_struck_out = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("chosen question")
        verbose_name_plural = _("chosen questions")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "key"], name="chosen_question_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["to_ask", "faq", "quiz", "option"]),
                name="chosen_question_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], name="chosen_question_by_key"),
        ]

    def __str__(self):
        return f"question {self.key} of {self.learner}"
