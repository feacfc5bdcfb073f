"""What people said about a lesson, without who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# What `accounts.sent_forms` carries from a post with an error to the page that shows it.
MOST_CHARACTERS = 300


class ClarityAnswer(models.Model):
    """Whether somebody found a lesson clear. It refers to nobody, and knows no time.

    `form_key` is made with the form, so that a form posted twice counts once.
    """

    form_key = models.UUIDField(unique=True)
    lesson_key = models.UUIDField()
    locale = models.CharField(max_length=20)
    is_clear = models.BooleanField(_("clear"))
    words = models.CharField(_("words"), max_length=MOST_CHARACTERS, blank=True)
    given_on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("answer to “Was this clear?”")
        verbose_name_plural = _("answers to “Was this clear?”")
        indexes = [
            models.Index(fields=["lesson_key", "given_on"], name="clarity_of_lesson"),
        ]

    def __str__(self):
        return f"lesson {self.lesson_key} on {self.given_on}"
