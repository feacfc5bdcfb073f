"""A read-only panel of the editor with the sign-off and what changed since."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import Revision

from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview
from authoring.review.queries.decisions import SentBack, sent_back
from authoring.review.queries.keys_to_check import KeyToCheck, keys_to_check
from authoring.review.queries.sign_offs import newest_sign_off
from course.models import LessonPage


class SignOffPanel(Panel):
    """The newest sign-off and whether the saved draft has changed since."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("Clinical review"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "authoring/review/panels/sign_off_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        @cached_property
        def review(self) -> ClinicalReview | None:
            return newest_sign_off(self.instance)

        @cached_property
        def sent_back(self) -> SentBack | None:
            return sent_back(self.instance)

        @cached_property
        def is_changed(self) -> bool:
            signed = self.review
            return bool(signed) and signed.sha256 != content_digest.of_reviewed(
                self.instance
            )

        @cached_property
        def difference_url(self) -> str:
            """The address of Wagtail's comparison, or "" if that revision is gone."""
            if not Revision.page_revisions.filter(pk=self.review.revision).exists():
                return ""
            return reverse(
                "wagtailadmin_pages:revisions_compare",
                args=[self.instance.pk, self.review.revision, "latest"],
            )

        @cached_property
        def keys(self) -> list[KeyToCheck]:
            if not isinstance(self.instance, LessonPage):
                return []
            return keys_to_check([self.instance])[0]

        @property
        def keys_url(self) -> str:
            return reverse("keys_to_check", args=[self.instance.pk])
