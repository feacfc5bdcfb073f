from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from authoring.review.panels.author import AuthorPanel
from authoring.review.panels.preview_checks import add_lesson_checks
from authoring.review.panels.reviewer import ReviewerPanel
from authoring.review.views.asking_again import (
    ask_about_a_newer_version,
    show_why_it_was_sent_back,
)
from authoring.review.views.bulk_publishing import PublishShownVersions
from authoring.review.views.going_live import (
    is_kept_from_going_live,
    keep_as_draft,
    keep_new_page_as_draft,
    say_what_is_missing,
)
from authoring.review.views.keys import KeysToCheck
from authoring.review.viewsets import (
    ContentHealthViewSet,
    LessonExplorerViewSet,
    LessonListViewSet,
)


@hooks.register("register_admin_viewset")
def list_lessons():
    return [LessonExplorerViewSet(), LessonListViewSet(), ContentHealthViewSet()]


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Show what waits for authors and reviewers, in place of Wagtail's own lists."""
    ours = [panel(request.user) for panel in (ReviewerPanel, AuthorPanel)]
    shown = [panel for panel in ours if panel.is_shown]
    replaced = {panel.replaces for panel in shown}
    kept = [each for each in panels if getattr(each, "name", "") not in replaced]
    panels[:] = kept + shown


@hooks.register("insert_global_admin_css")
def add_admin_styles():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("authoring/admin.css")
    )


@hooks.register("insert_editor_js")
def open_comment_that_was_led_to():
    return format_html('<script src="{}"></script>', static("authoring/comment.js"))


@hooks.register("register_admin_urls")
def serve_keys_to_check():
    return [
        path(
            "lessons/<int:page_id>/questions/keys/",
            KeysToCheck.as_view(),
            name="keys_to_check",
        )
    ]


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    actions.register_action(
        "authoring.confirm_key",
        _("Confirm a key"),
        _("Confirmed that the key of a question is still right"),
    )


@hooks.register("before_edit_page")
def let_autosave_take_no_step(request, page):
    """Reject an autosave that includes a step of the review.

    The step's fields stay in the form until the page is left, and autosave sends the
    whole form. On a slow machine the step would be taken twice.
    """
    if "action-workflow-action" in request.POST and not request.accepts("text/html"):
        return HttpResponseBadRequest()
    return None


@hooks.register("before_edit_page")
def say_when_it_is_decided_already(request, page):
    """Handle a second click on “Sign off” or “Send back”, which fails in Wagtail.

    See https://github.com/wagtail/wagtail/issues/13856
    """
    if "action-workflow-action" in request.POST and not page.current_workflow_task:
        messages.warning(request, _("This page is no longer waiting for a review."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_edit_page", order=100)
def ask_again_where_there_is_a_newer_version(request, page):
    """Let nobody save, publish or sign off over a version they were not shown."""
    if request.method == "GET":
        say_what_is_missing(request, page)
        return show_why_it_was_sent_back(request, page)
    if request.accepts("text/html"):
        return ask_about_a_newer_version(request, page)
    # Wagtail itself rejects an autosave.
    return None


@hooks.register("construct_page_action_menu")
def offer_publishing_what_may_go_live(menu_items, request, context):
    if is_kept_from_going_live(request, context.get("page")):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("before_create_page")
def keep_a_new_translation_as_draft(request, parent_page, page_class):
    keep_new_page_as_draft(request, parent_page, page_class)


@hooks.register("before_publish_page")
def keep_an_unsigned_translation_as_draft(request, page):
    return keep_as_draft(request, page)


# Registered after Wagtail's own action, to replace it: hooks before publishing do not
# run for bulk actions, see https://github.com/wagtail/wagtail/issues/13392
hooks.register("register_bulk_action", PublishShownVersions, order=100)


@hooks.register("construct_wagtail_userbar")
def check_the_lesson_in_the_preview(request, items, page):
    add_lesson_checks(items, page)
