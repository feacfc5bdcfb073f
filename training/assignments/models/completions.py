"""What people completed elsewhere, as trainers recorded it by hand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from training.teams.models import Team


class CompletionElsewhereQuerySet(models.QuerySet["CompletionElsewhere"]):
    def in_force(self):
        """Completions that have not been revoked."""
        return self.filter(revoked_at=None)


class CompletionElsewhere(models.Model):
    """Somebody completed a course elsewhere on a day, as others say.

    A row is never edited: it is revoked, with a reason, and stays readable. It issues
    no certificate. Each assignment says whether such completions count for it.
    """

    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="completions_elsewhere"
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The team whose trainer recorded it; days are in its time zone."),
    )
    course_key = models.UUIDField(_("course"))
    done_on = models.DateField(_("completed on"))
    source = models.CharField(_("where"), max_length=160)
    vouched_by = models.CharField(_("who says so"), max_length=160)
    key = models.UUIDField(
        unique=True,
        editable=False,
        help_text=_("Comes from the form, so that a form submitted twice counts once."),
    )
    recorded_on = models.DateField(
        editable=False, help_text=_("The day of recording in the team's time zone.")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_reason = models.CharField(
        _("reason for revoking"), max_length=255, blank=True
    )

    objects = CompletionElsewhereQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion elsewhere")
        verbose_name_plural = _("completions elsewhere")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key", "done_on"],
                condition=Q(revoked_at=None),
                name="completion_elsewhere_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(done_on__lte=F("recorded_on")),
                name="completion_elsewhere_not_in_future",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(vouched_by=""),
                name="completion_elsewhere_has_source",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_reason=""),
                name="completion_elsewhere_revoked_with_reason",
            ),
        ]

    def __str__(self):
        return f"completed elsewhere on {self.done_on}"


class CompletionProof(models.Model):
    """The file that proves a completion elsewhere, such as a scanned certificate.

    It is kept in the database, because only few people may download it.
    """

    completion = models.OneToOneField(
        CompletionElsewhere, on_delete=models.PROTECT, related_name="proof"
    )
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("proof of a completion")
        verbose_name_plural = _("proofs of completions")

    def __str__(self):
        return self.name

    @property
    def file_name(self) -> str:
        """The name under which it is downloaded, unique among all proofs."""
        return f"{self.completion_id}-{self.name}"
