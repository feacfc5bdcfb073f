"""Compare the version that a form showed with the newest one.

Every form for a decision about a page carries the version that it shows. Wagtail's
editor does so already (`loaded_revision_id`, `overwrite_revision_id`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from course.rules.comparison import find_differences, normalise_content

# Fields that Wagtail keeps in a revision but that are not content.
_BOOKKEEPING = {
    "pk",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "last_published_at",
    "first_published_at",
    "has_unpublished_changes",
    "live",
    "draft_title",
    "url_path",
    "path",
    "depth",
    "numchild",
    "locked",
    "locked_at",
    "locked_by",
    "safety_changed_at",
    "safety_places",
    "wagtail_admin_comments",
}


@dataclass(frozen=True)
class NewerVersion:
    """A revision saved after the one that was shown, and the fields that differ.

    `shown` is None if the version that was shown has been overwritten.
    """

    shown: Revision | None
    now: Revision
    changed: tuple[str, ...]

    @property
    def by(self) -> str:
        return str(self.now.user or _("somebody"))

    @property
    def compare_url(self) -> str:
        if self.shown is None:
            return ""
        return reverse(
            "wagtailadmin_pages:revisions_compare",
            args=[self.now.object_id, self.shown.pk, self.now.pk],
        )

    @property
    def message(self) -> SafeString:
        """Who saved it and what differs, with a link to Wagtail's comparison."""
        by = _("%(who)s saved a newer version while you were working.") % {
            "who": self.by
        }
        fields = ", ".join(self.changed)
        what = _("Changed: %(fields)s.") % {"fields": fields} if fields else ""
        link = ""
        if self.compare_url:
            link = format_html(
                '<a href="{}" target="_blank">{}</a>',
                self.compare_url,
                _("See what changed"),
            )
        return format_html("{} {} {}", by, what, link)


def newer_than_posted(page: Page, posted: Mapping[str, Any]) -> NewerVersion | None:
    """Return the version that a posted form did not show, or None if it was up to date.

    If the page had no version yet, the editor's form names none, but is recognised by
    its `next` field. Other forms that name no version, as posted by scripts, count as
    up to date.
    """
    if page.pk is None:
        return None
    own = posted.get("overwrite_revision_id", "")
    loaded = own or posted.get("loaded_revision_id", "")
    now = Page.objects.get(pk=page.pk).get_latest_revision()
    if now is None:
        return None
    if not loaded:
        return NewerVersion(None, now, ()) if "next" in posted else None
    if loaded != str(now.pk):
        shown = page.revisions.filter(pk=loaded).first() if loaded.isdigit() else None
        return newer_than(shown, now)
    at = posted.get("loaded_revision_created_at", "")
    is_overwritten = not own and at and at != now.created_at.isoformat()
    return NewerVersion(None, now, ()) if is_overwritten else None


def newer_than(shown: Revision | None, now: Revision) -> NewerVersion | None:
    """Return the revision `now`, or None if its content equals that of `shown`."""
    if shown is None:
        return NewerVersion(None, now, ())
    if shown.pk == now.pk:
        return None
    found = find_differences(_normalised(shown), _normalised(now))
    fields = dict.fromkeys(path[0] for path in found if path)
    if not fields:
        return None
    model = now.content_type.model_class()
    return NewerVersion(shown, now, tuple(_name(model, field) for field in fields))


def _normalised(revision: Revision) -> dict[str, Any]:
    content = revision.content
    return {
        name: normalise_content(_without_rows(value), with_ids=name == "questions")
        for name, value in content.items()
        if name not in _BOOKKEEPING
    }


def _without_rows(value: Any) -> Any:
    """Leave out the primary keys of children, which publishing may change."""
    if isinstance(value, list):
        return [_without_rows(entry) for entry in value]
    if isinstance(value, dict):
        return {name: entry for name, entry in value.items() if name != "pk"}
    return value


def _name(model, field: str) -> str:
    try:
        found = model._meta.get_field(field)
    except FieldDoesNotExist:
        return field
    if found.auto_created and found.related_model:
        return capfirst(str(found.related_model._meta.verbose_name_plural))
    return capfirst(str(getattr(found, "verbose_name", field)))
