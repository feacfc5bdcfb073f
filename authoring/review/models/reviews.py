"""Records of sign-offs and live content, which outlive the pages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import NameField
from quizzes.models.records import AppendOnly


class ClinicalReview(AppendOnly):
    """A sign-off of a page's content, which is identified by its digest.

    Readers see the name and role as they were typed. They are kept if the reviewer's
    account is deleted.
    """

    page_key = models.UUIDField(_("key of the page"))
    locale = models.CharField(_("language"), max_length=20)
    revision = models.PositiveBigIntegerField(_("number of the revision"))
    sha256 = models.CharField(_("digest of the content"), max_length=64)
    faq_digests = models.JSONField(
        _("digests of the FAQ entries"),
        default=dict,
        help_text=_("The key of each entry and the digest of its wording."),
    )
    name = NameField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clinical_reviews",
        verbose_name=_("reviewer"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")
        indexes = [
            models.Index(
                fields=["page_key", "locale", "at"], name="review_of_page_by_time"
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.role}"


class LiveContent(models.Model):
    """The digest of a page's live content, and since when it has been live.

    It is written each time a page goes live, so that readers' pages can compare two
    digests instead of computing one.
    """

    page_key = models.UUIDField(_("key of the page"))
    locale = models.CharField(_("language"), max_length=20)
    sha256 = models.CharField(_("digest of the content"), max_length=64)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("live content")
        verbose_name_plural = _("live contents")
        constraints = [
            models.UniqueConstraint(
                fields=["page_key", "locale"], name="live_content_unique_in_language"
            )
        ]

    def __str__(self):
        return f"{self.page_key}: {self.sha256[:12]}"
