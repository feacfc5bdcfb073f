"""A read-only panel of the lesson editor with the findings of the rules."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from authoring.review.panels.preview_checks import KNOWN_FINDINGS, as_preview_findings
from authoring.review.queries.checks import Checks, checks_of


class ChecksPanel(Panel):
    """Reading grades and findings for the last saved draft."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("Readability and rules"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "authoring/review/panels/checks_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        @cached_property
        def checks(self) -> Checks:
            return checks_of([self.instance], timezone.localdate())[0]

        @property
        def known_field(self) -> dict[str, str]:
            """Name and value of the field with the findings that the panel knows."""
            found = as_preview_findings(self.checks)
            return {
                "name": KNOWN_FINDINGS,
                "value": " ".join(one.digest for one in found),
            }
