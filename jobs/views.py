"""Background work, for whoever runs the site: what recurs, and what failed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from jobs.access import may_watch_work
from jobs.actions.failures import UnableToRunAgain, dismiss_failure, run_again
from jobs.queries import failed_tasks, work_lines


class BackgroundWork(WagtailAdminTemplateMixin, TemplateView):
    """What recurs and how it went, and the tasks that failed."""

    page_title = gettext_lazy("Background work")
    header_icon = "tasks"
    template_name = "jobs/background_work.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_watch_work(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lines=work_lines(), failed=failed_tasks(), **kwargs
        )


@require_POST
def answer_failure(request, key):
    """Run a failed task once more, or take it off the list."""
    if not may_watch_work(request.user):
        raise PermissionDenied
    if "dismiss" in request.POST:
        dismiss_failure(key=key)
        messages.success(request, gettext("The failed task is off the list."))
    else:
        _run_again(request, key)
    return redirect("background_work")


def _run_again(request, key):
    try:
        run_again(key=key)
    except UnableToRunAgain:
        text = gettext("This task is not on the list any more.")
        messages.warning(request, text)
    else:
        messages.success(request, gettext("The task runs again soon."))
