"""Add our findings to Wagtail's own in the editor's Checks panel.

The panel runs axe over the preview, with rules that were set when the editor was
opened. Such a rule can only select elements and say what axe must find in them. So the
preview contains our current findings in hidden elements. For each finding known when
the editor was opened there is an axe rule, which fails as long as its element is there.

The axe in the preview must have exactly the rules that the panel asks for, or it checks
nothing. So the editor's form includes the findings that the panel knows, and the
preview, which is made from that form, makes its rules from them.
"""

import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.userbar import ContentCheckerItem

from authoring.review.queries.checks import Checks, checks_of
from course.models import LessonPage
from course.rules.digests import digest_text

# The elements of findings never have this attribute, so axe reports them.
_ALWAYS_MISSING = ["aria-label"]
KNOWN_FINDINGS = "lesson-findings-known"
"""The name of the form field with the findings that the panel knows."""
_DIGEST = re.compile(r"\b[0-9a-f]{16}\b")


@dataclass(frozen=True)
class PreviewFinding:
    """A finding of our rules: the problem and its place."""

    text: str
    place: str

    @property
    def digest(self) -> str:
        """Return a short digest that identifies the finding."""
        return digest_text(f"{self.place}\n{self.text}")[:16]


def preview_findings(lesson: LessonPage) -> list[PreviewFinding]:
    """Return the findings of all rules for the lesson in memory."""
    return as_preview_findings(checks_of([lesson], timezone.localdate())[0])


def as_preview_findings(checks: Checks) -> list[PreviewFinding]:
    """Return the findings of a lesson in the format of the panel."""
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
    """Wagtail's content checker, which also reports what our rules find in a lesson."""

    def __init__(self, lesson: LessonPage, **options):
        super().__init__(**options)
        self.found = {f.digest: f for f in preview_findings(lesson)}
        known = None if self.in_editor else _known_to_the_editor(lesson)
        self.known = list(self.found) if known is None else known

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
            for digest, one in self.found.items()
        }
        messages[_rule_id("new")] = {
            "error_name": _("Your changes break one of the rules for lessons"),
            "help_text": _("Save and reopen this page, then check the Review tab"),
        }
        return {**super().get_axe_messages(request), **messages}


def _known_to_the_editor(lesson):
    """Return the digests that the lesson's form carried, or None if it had no field.

    If the editor was opened on a lesson without findings, the list is empty.
    """
    known = getattr(lesson, "carried", {}).get(KNOWN_FINDINGS)
    return None if known is None else list(dict.fromkeys(_DIGEST.findall(known)))


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
    """Replace Wagtail's content checker with ours on lessons."""
    # Before its first save, a new lesson has no place in the tree and no course.
    if not isinstance(page, LessonPage) or not page.path:
        return
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = LessonCheckerItem(page, in_editor=item.in_editor)
