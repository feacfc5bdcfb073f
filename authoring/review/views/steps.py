"""The review dialogs. Nothing is decided about a version that was not shown."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages import workflow

from authoring.review.queries.shown_versions import newer_than

# In Wagtail 8 both names end in “View”.
if hasattr(workflow, "WorkflowActionView"):
    CollectWorkflowActionData = workflow.CollectWorkflowActionDataView
    WorkflowAction = workflow.WorkflowActionView
else:
    CollectWorkflowActionData = workflow.CollectWorkflowActionData
    WorkflowAction = workflow.WorkflowAction


class OfAWaitingStep:
    """Answers within the dialog, because a full page would break its script."""

    def dispatch(self, request, *args, **kwargs):
        if _is_from_script(request) and not self._is_waiting():
            return self._dialog("authoring/review/decided.html")
        return super().dispatch(request, *args, **kwargs)

    def _is_waiting(self):
        now = self.object.current_workflow_task_state
        return now is not None and now.pk == self.task_state.pk

    def _dialog(self, template, **context):
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        context = {"edit_url": edit_url, **context}
        return render_modal_workflow(
            self.request, template, None, context, json_data={"step": "action"}
        )


class CollectStep(OfAWaitingStep, CollectWorkflowActionData):
    """The dialog in the editor, whose own form carries the version shown."""


class TakeStep(OfAWaitingStep, WorkflowAction):
    """The dialog on the start page, which offers the version that was submitted."""

    def get(self, request, *args, **kwargs):
        return self._newer() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._newer() or super().post(request, *args, **kwargs)

    def _newer(self):
        now = self.object.get_latest_revision()
        newer = newer_than(self.task_state.revision, now)
        if newer is None:
            return None
        return self._dialog("authoring/review/newer.html", newer=newer)


def _is_from_script(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"
