"""Long work for who started it; what recurs and what failed, for who runs the site."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from jobs.access import may_download_file, may_see_job, may_watch_work
from jobs.actions.chains import resume_job, stop_job
from jobs.actions.failures import UnableToRunAgain, dismiss_failure, run_again
from jobs.files import open_file
from jobs.kinds import FileJobKind, kind_of_job
from jobs.models import Job
from jobs.queries import failed_tasks, newest_jobs, work_lines, worker_listens


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
            lines=work_lines(), failed=failed_tasks(), jobs=newest_jobs(), **kwargs
        )


class JobPage(WagtailAdminTemplateMixin, TemplateView):
    """How far long work is, who started it, and and stopping or continuing it."""

    header_icon = "tasks"
    template_name = "jobs/job.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_see_job(request.user, self.job):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def job(self):
        rows = Job.objects.select_related("started_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def kind(self):
        return kind_of_job(self.job)

    def get_page_title(self):
        return capfirst(self.kind.label) if self.kind else gettext("Job")

    def get_page_subtitle(self):
        return self.kind.title_of(self.job) if self.kind else ""

    def get_breadcrumbs_items(self):
        here = {"label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": "", **here}]

    @property
    def next_step(self):
        is_over = self.kind and not self.job.is_running
        return (
            self.kind.offer_next(self.job, self.request.user, timezone.now())
            if is_over
            else None
        )

    def get_context_data(self, **kwargs):
        at, job = timezone.now(), self.job
        may_download = may_download_file(self.request.user, job)
        return super().get_context_data(
            job=job,
            waits=job.is_running and not worker_listens(at=at),
            page=self.kind.page_of(job) if self.kind else "",
            link=self.kind.link if self.kind else "",
            next_step=self.next_step,
            is_gone=job.state == Job.State.DONE
            and isinstance(self.kind, FileJobKind)
            and not may_download,
            kept_until=job.ended_at + self.kind.keeps if may_download else None,
            result=self.kind.describe_result(job) if self.kind else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "stop" in request.POST:
            stop_job(job=self.job, at=timezone.now())
            messages.success(
                request, gettext("The job will stop after the part that is running.")
            )
        else:
            resume_job(job=self.job)
            messages.success(request, gettext("The job continues."))
        return redirect("job", self.job.pk)


@require_safe
def download_file(request, pk):
    """Hand out the file of a job to whoever started it."""
    job = get_object_or_404(Job, pk=pk)
    if not may_download_file(request.user, job):
        raise PermissionDenied
    kind = kind_of_job(job)
    return FileResponse(
        open_file(job, kind.file), as_attachment=True, filename=kind.file_name(job)
    )


@require_POST
def answer_failure(request, key):
    """Run a failed task once more, or take it off the list."""
    if not may_watch_work(request.user):
        raise PermissionDenied
    if "dismiss" in request.POST:
        dismiss_failure(key=key)
        messages.success(request, gettext("The failed task has been dismissed."))
    else:
        _run_again(request, key)
    return redirect("background_work")


def _run_again(request, key):
    try:
        run_again(key=key)
    except UnableToRunAgain:
        text = gettext("This task is no longer in the list.")
        messages.warning(request, text)
    else:
        messages.success(request, gettext("The task will run again soon."))
