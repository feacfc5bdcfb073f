"""Words with which somebody without an account carries on elsewhere."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from progress.rules.resume_words import Words, plain_words

_SALT = "progress.resume_words"


def digest_words(words: Words) -> str:
    """Return what is kept of the words: only this server can make it from them."""
    plain = " ".join(plain_words(" ".join(words)))
    return salted_hmac(_SALT, plain, algorithm="sha256").hexdigest()


class ResumeWordsQuerySet(models.QuerySet["ResumeWords"]):
    def open_at(self, moment: datetime):
        """Words that still open a learner's progress."""
        return self.filter(expires_at__gt=moment)


class ResumeWords(models.Model):
    """Five words that open the progress of a learner without an account.

    The words themselves are shown once and stored nowhere.
    """

    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="resume_words"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = ResumeWordsQuerySet.as_manager()

    class Meta:
        verbose_name = _("words to carry on with")
        verbose_name_plural = _("words to carry on with")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="resume_words_expire_after_making",
            ),
        ]

    def __str__(self):
        return f"words of {self.learner}"
