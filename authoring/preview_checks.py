"""What the editor's Checks panel says of a lesson beside Wagtail's own checks.

The panel runs axe over the preview by rules that it was given when the editor was
opened, and such a rule can only name elements and what axe must find there. So the
preview carries what our rules find now, hidden, and each finding known when the editor
was opened is a rule of axe's that breaks while its element is still there.
"""

import hashlib
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.userbar import ContentCheckerItem

from authoring.checks import checks_of
from course.models import LessonPage

# What each element of a finding lacks, so that axe reports it.
_ALWAYS_MISSING = ["aria-label"]


@dataclass(frozen=True)
class PreviewFinding:
    """A finding of our rules: what breaks one, and where."""

    text: str
    place: str

    @property
    def digest(self) -> str:
        """Return what tells this finding from others, in letters and figures."""
        words = f"{self.place}\n{self.text}".encode()
        return hashlib.sha256(words).hexdigest()[:16]


def preview_findings(lesson: LessonPage) -> list[PreviewFinding]:
    """Return what all rules find in a lesson as it stands in memory."""
    checks = checks_of([lesson], timezone.localdate())[0]
    of_the_text = [
        PreviewFinding(
            f"{finding.reason} “{finding.where}”" if finding.where else finding.reason,
            _("Lesson"),
        )
        for finding in checks.findings
    ]
    of_the_quiz = [
        PreviewFinding(item.reason, _("Question “{id}”").format(id=item.handle))
        for item in checks.item_findings
    ]
    return of_the_text + of_the_quiz


class LessonCheckerItem(ContentCheckerItem):
    """Wagtail's content checker that also reports what our rules say of a lesson."""

    def __init__(self, lesson: LessonPage, **options):
        super().__init__(**options)
        self.known = {f.digest: f for f in preview_findings(lesson)}

    def get_axe_run_only(self, request):
        ours = [_rule_id(name) for name in (*self.known, "new")]
        return [*super().get_axe_run_only(request), *ours]

    def get_axe_custom_rules(self, request):
        known = [f"[data-lesson-finding='{digest}']" for digest in self.known]
        new = "[data-lesson-finding]" + "".join(f":not({one})" for one in known)
        ours = dict(zip(self.known, known, strict=True)) | {"new": new}
        return [
            *super().get_axe_custom_rules(request),
            *(_axe_rule(name, selector) for name, selector in ours.items()),
        ]

    def get_axe_messages(self, request):
        messages = {
            _rule_id(digest): {"error_name": one.text, "help_text": one.place}
            for digest, one in self.known.items()
        }
        messages[_rule_id("new")] = {
            "error_name": _("Your changes break a rule for lessons"),
            "help_text": _("Save, open this page again and look at the Review tab"),
        }
        return {**super().get_axe_messages(request), **messages}


def _rule_id(name):
    return f"lesson-finding-{name}"


def _axe_rule(name, selector):
    return {
        "id": _rule_id(name),
        "impact": "moderate",
        "selector": selector,
        "excludeHidden": False,
        "tags": ["best-practice"],
        "any": _ALWAYS_MISSING,
        "enabled": True,
    }


def add_lesson_checks(items, page):
    """Put our checks of a lesson in the place of Wagtail's item that has only its own."""
    # Before its first save a new lesson stands nowhere in the tree, below no course.
    if not isinstance(page, LessonPage) or not page.path:
        return
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = LessonCheckerItem(page, in_editor=item.in_editor)
