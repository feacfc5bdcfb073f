"""Records that somebody confirmed a key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.records import AppendOnly


class KeyConfirmation(AppendOnly):
    """A confirmation that a question's key holds for a new wording of its FAQ entry.

    The history of the page shows who confirmed it.
    """

    lesson_key = models.UUIDField(_("key of the lesson"))
    locale = models.CharField(_("language"), max_length=20)
    question_key = models.UUIDField(_("key of the question"))
    wording = models.CharField(_("digest of the FAQ entry"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("confirmation of a key")
        verbose_name_plural = _("confirmations of keys")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson_key", "locale", "question_key", "wording"],
                name="key_confirmation_unique",
            )
        ]

    def __str__(self):
        return f"{self.question_key}, confirmed on {self.at:%Y-%m-%d}"
