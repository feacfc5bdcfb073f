from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from authoring.viewsets import LessonExplorerViewSet, LessonListViewSet


@hooks.register("register_admin_viewset")
def list_lessons():
    return [LessonExplorerViewSet(), LessonListViewSet()]


@hooks.register("before_edit_page")
def say_when_it_is_decided_already(request, page):
    """Answer a second press of “Sign off” or “Send back”, where Wagtail would break."""
    if "action-workflow-action" in request.POST and not page.current_workflow_task:
        messages.warning(request, _("This page does not wait for a review any more."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
