"""Ask editors again if the page has changed since it was shown to them."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision

from authoring.review.queries.decisions import sent_back
from authoring.review.queries.shown_versions import newer_than_posted

# How long an autosave may take on a slow connection.
AUTOSAVE_MAY_TAKE = dt.timedelta(seconds=30)


class EditorAskingAgain(EditView):
    """The editor without autosave until the person presses Save.

    Autosave would overwrite the newer version before the person has decided.
    """

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"autosave_enabled": False}


def ask_about_a_newer_version(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Reject a form posted for an older version, and show what changed.

    The form is returned with what was typed. People who typed nothing and only wanted
    to sign off or send back see the newest version instead.
    """
    newer = newer_than_posted(page, request.POST)
    if newer is None or _is_their_autosave(newer.now, request):
        return None
    if getattr(request, "asks_again", False):
        page.version_not_shown = _(
            "Your changes have not been saved, because there is a newer version of "
            "this page. Your changes are below. If you save again, they will replace "
            "the newer version."
        )
        return None
    messages.warning(request, newer.message)
    is_step = "action-workflow-action" in request.POST
    if is_step and not _has_typed(request, page, newer.shown):
        message = _(
            "Your decision was not recorded. This is the newest version. Check it "
            "before you decide."
        )
        messages.warning(request, message)
        return redirect(request.path)
    return _editor_again(request, page)


def _editor_again(request, page):
    """Return the editor with what was posted. This runs the editor's hooks again."""
    request.asks_again = True
    if request.resolver_match.url_name == "edit":
        return EditorAskingAgain.as_view()(request, page.pk)
    # The form to revert to an older version has no autosave.
    return ask_about_a_newer_version(request, page)


def _is_their_autosave(now: Revision, request: HttpRequest) -> bool:
    """Return whether it is a recent autosave by the same person.

    If an autosave is in progress when a button is pressed, it finishes after the form
    was sent, so the form names the version before it. Anything the person saved
    earlier, for example in another tab, does not count.
    """
    age = timezone.now() - now.created_at
    return now.user_id == request.user.pk and age < AUTOSAVE_MAY_TAKE


def _has_typed(request: HttpRequest, page: Page, shown: Revision | None) -> bool:
    if shown is None:
        return True
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=shown.as_object(),
        parent_page=page.get_parent(),
        for_user=request.user,
    )
    return form.has_changed()


def show_why_it_was_sent_back(request: HttpRequest, page: Page) -> None:
    """Show the reviewer's comment to the author in the editor."""
    found = sent_back(page)
    if found:
        message = _("%(who)s sent this page back:") % {"who": found.by}
        text = format_html("<strong>{}</strong> {}", message, found.comment)
        messages.warning(request, text)
