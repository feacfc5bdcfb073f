"""Records of what was loaded from packs. No content and no learners' data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedPage(models.Model):
    """A page as it was loaded from a pack, to find out later if an editor changed it.

    It refers to the page by key and language, not by a foreign key, so that a page that
    an editor deleted does not come back with the next load.
    """

    pack = models.CharField(_("pack"), max_length=80)
    slug = models.CharField(_("address in the pack"), max_length=80)
    key = models.UUIDField(_("key"))
    language_code = models.CharField(_("language"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    digest = models.CharField(_("digest of the content"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("loaded page")
        verbose_name_plural = _("loaded pages")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language_code"], name="loaded_page_unique_in_language"
            ),
        ]

    def __str__(self):
        return f"{self.pack}: {self.slug}"
