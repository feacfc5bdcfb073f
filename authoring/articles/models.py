"""Articles that courses were made from: the original file, and the plan."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedArticle(models.Model):
    """An uploaded article and the author's plan for it.

    The file is stored in the database, because readers must not be able to download it.
    `revisions` maps the key of each page to the revision that the import wrote. A later
    import compares it with the latest revision to see what an author has changed.
    """

    filename = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("digest of the file"), max_length=64, db_index=True)
    content = models.BinaryField(_("content"))
    plan = models.JSONField(_("plan"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("imported by"),
    )
    created_at = models.DateTimeField(_("imported at"))
    applied_at = models.DateTimeField(_("pages made at"), null=True, blank=True)
    course_key = models.UUIDField(_("key of the course"), null=True, blank=True)
    revisions = models.JSONField(_("revisions written"), default=dict, blank=True)

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(applied_at=None)
                | models.Q(course_key__isnull=False),
                name="imported_article_applied_to_a_course",
            )
        ]

    def __str__(self):
        return self.filename


class ArticleOutline(models.Model):
    """An outline that authors of this site wrote, besides those we ship.

    `content` is what `rules.outline_files` reads and writes.
    """

    name = models.CharField(_("id"), max_length=100, unique=True)
    title = models.CharField(_("name"), max_length=255, unique=True)
    content = models.JSONField(_("content"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")

    def __str__(self):
        return self.title
