"""Ask editors again when the page has changed since it was shown to them."""

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

# How long an autosave may be under way on a slow line.
AUTOSAVE_MAY_TAKE = dt.timedelta(seconds=30)


class EditorAskingAgain(EditView):
    """The editor without autosave, until the person presses Save.

    Autosave would overwrite the newer version while the person is only being asked.
    """

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"autosave_enabled": False}


def ask_about_a_newer_version(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse what was posted for an older version, and say what changed.

    The form comes back with what was typed. Who typed nothing and only wanted to sign
    off or send back is shown the newest version instead.
    """
    newer = newer_than_posted(page, request.POST)
    if newer is None or _is_their_autosave(newer.now, request):
        return None
    if getattr(request, "asks_again", False):
        page.version_not_shown = _(
            "Your changes are not saved yet, because there is a newer version of this "
            "page. Your changes are below. If you save again, they replace the newer "
            "version."
        )
        return None
    messages.warning(request, newer.message)
    is_step = "action-workflow-action" in request.POST
    if is_step and not _has_typed(request, page, newer.shown):
        message = _(
            "No decision was recorded. This is the newest version. Check it, then "
            "decide."
        )
        messages.warning(request, message)
        return redirect(request.path)
    return _editor_again(request, page)


def _editor_again(request, page):
    """Return the editor with what was posted; it runs the hooks of the editor anew."""
    request.asks_again = True
    if request.resolver_match.url_name == "edit":
        return EditorAskingAgain.as_view()(request, page.pk)
    # Going back to an older version never keeps anything by itself.
    return ask_about_a_newer_version(request, page)


def _is_their_autosave(now: Revision, request: HttpRequest) -> bool:
    """Return whether it is what this person's own editor kept a moment ago.

    An autosave under way when a button is pressed ends after the form was sent, which
    then names the version of before. What somebody saved longer ago, in another tab
    say, is asked about.
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
    """Show the author in the editor what the reviewer asked for."""
    found = sent_back(page)
    if found:
        message = _("%(who)s sent this page back:") % {"who": found.by}
        text = format_html("<strong>{}</strong> {}", message, found.comment)
        messages.warning(request, text)
