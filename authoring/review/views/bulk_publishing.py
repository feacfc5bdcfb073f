"""Publish several pages from the explorer, in the versions that were shown."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page, Revision

from accounts.forms.plain import PlainForm
from authoring.review.queries.going_live import WHAT_TO_DO, missing_of_draft
from authoring.review.queries.shown_versions import NewerVersion, newer_than_posted

Marks = Mapping[str, list[str]]


class ShownVersionsForm(PlainForm):
    """Carries which version of each page was shown."""

    include_descendants = forms.BooleanField(required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_shown(self) -> Marks:
        """Return page id → the revision's id and when it was saved."""
        try:
            found = json.loads(self.cleaned_data["shown"] or "{}")
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}


class PublishShownVersions(PublishBulkAction):
    """Publishes the versions that were shown, and asks again if there is a newer one.

    Wagtail would publish whatever is newest when the button is pressed.
    """

    form_class = ShownVersionsForm
    template_name = "authoring/review/bulk_publish.html"

    def check_perm(self, page):
        return super().check_perm(page) and not missing_of_draft(page)

    def get_initial(self):
        objects, _without_access = self.get_actionable_objects()
        pages = [*objects, *self._drafts_below(objects)]
        return super().get_initial() | {"shown": json.dumps(dict(_marks(pages)))}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        objects, _without_access = self.get_actionable_objects()
        if not any(True for _page in self._drafts_below(objects)):
            del form.fields["include_descendants"]
        return form

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for each in context["items_with_no_access"]:
            missing = missing_of_draft(each["item"])
            each["what_to_do"] = WHAT_TO_DO[missing] if missing else ""
        return context

    def object_context(self, obj):
        context = super().object_context(obj)
        below = list(self._drafts_below([obj]))
        return context | {
            "version": _version(obj),
            "below": [_version(page) for page in below],
        }

    def prepare_action(self, objects, objects_without_access):
        """Ask again, publishing nothing, if a version was not shown."""
        wants_below = self.cleaned_form.cleaned_data.get("include_descendants", False)
        self.below = list(self._drafts_below(objects)) if wants_below else []
        newer = list(self._newer([*objects, *self.below]))
        for page, version in newer:
            title = page.get_admin_display_title()
            messages.warning(
                self.request, format_html("{}: {}", title, version.message)
            )
        if not newer:
            return None
        message = _(
            "Nothing was published. The newest versions are below. Check them before "
            "you publish."
        )
        messages.warning(self.request, message)
        return redirect(self.request.get_full_path())

    def get_execution_context(self):
        return {"user": self.request.user, "below": self.below}

    @classmethod
    def execute_action(cls, objects, below=(), user=None, **kwargs):
        """Publish the versions that `prepare_action` checked."""
        for page in (*objects, *below):
            revision = page.shown_version or page.specific.save_revision(user=user)
            revision.publish(user=user)
        return len(objects), len(below)

    def get_success_message(self, num_parent_objects, num_child_objects):
        self.cleaned_form.cleaned_data.setdefault("include_descendants", False)
        return super().get_success_message(num_parent_objects, num_child_objects)

    def _drafts_below(self, objects) -> Iterator[Page]:
        for page in objects:
            for draft in page.get_descendants().not_live().specific():
                if self.check_perm(draft):
                    yield draft

    def _newer(self, pages) -> Iterator[tuple[Page, NewerVersion]]:
        marks = self.cleaned_form.cleaned_data["shown"]
        for page in pages:
            page.shown_version = now = page.get_latest_revision()
            revision, at = (marks.get(str(page.pk)) or ["", ""])[:2]
            if now and not revision:
                yield page, NewerVersion(None, now, ())
                continue
            posted = {"loaded_revision_id": revision, "loaded_revision_created_at": at}
            if version := newer_than_posted(page, posted):
                yield page, version


def _marks(pages: Iterable[Page]) -> Iterator[tuple[str, list[str]]]:
    for page in pages:
        if revision := page.get_latest_revision():
            yield str(page.pk), [str(revision.pk), revision.created_at.isoformat()]


def _version(page: Page) -> dict[str, Any]:
    """Return the page, the version to publish, and a link to compare it."""
    revision = page.get_latest_revision()
    return {
        "page": page,
        "revision": revision,
        "by": str(revision.user or _("somebody")) if revision else "",
        "compare_url": _compare_url(page, revision),
    }


def _compare_url(page: Page, revision: Revision | None) -> str:
    if revision is None or not (page.live and page.has_unpublished_changes):
        return ""
    args = [page.pk, "live", revision.pk]
    return reverse("wagtailadmin_pages:revisions_compare", args=args)
