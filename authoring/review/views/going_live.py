"""Say in the editor what has to be done before a translation can be published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from authoring.review.queries.going_live import (
    WHAT_TO_DO,
    is_gated_in,
    missing_of_draft,
)
from authoring.rules.going_live import Missing


def is_kept_from_going_live(request: HttpRequest, page: Page | None) -> bool:
    """Return whether the page in the editor, or a new lesson, may not go live yet.

    If it is a page, what has to be done is kept on the request, since hooks ask twice.
    """
    if not page:
        return False
    if not hasattr(request, "missing_to_go_live"):
        request.missing_to_go_live = missing_of_draft(page)
    return bool(request.missing_to_go_live)


def say_what_is_missing(request: HttpRequest, page: Page) -> None:
    """Say above the editor what has to be done before the page can be published."""
    if is_kept_from_going_live(request, page):
        messages.info(request, WHAT_TO_DO[request.missing_to_go_live])


def keep_new_page_as_draft(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> None:
    """Save a new page as a draft where “Publish” was chosen too early."""
    asks = "action-publish" in request.POST
    if not (asks and is_gated_in(parent.locale, page_class)):
        return
    request.POST = request.POST.copy()
    del request.POST["action-publish"]
    messages.warning(request, WHAT_TO_DO[Missing.SIGN_OFF])


def keep_as_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Return to the editor, with the page saved as a draft, if it may not go live."""
    missing = missing_of_draft(page)
    if missing is None:
        return None
    saved = _("Your changes are saved as a draft.")
    messages.warning(request, f"{saved} {WHAT_TO_DO[missing]}")
    return redirect("wagtailadmin_pages:edit", page.pk)
