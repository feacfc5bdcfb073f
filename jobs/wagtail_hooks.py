from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from jobs.access import may_watch_work
from jobs.queries import recent_jobs
from jobs.views import BackgroundWork, JobPage, answer_failure, download_file


@hooks.register("register_admin_urls")
def serve_background_work():
    start = "background-work/"
    return [
        path(start, BackgroundWork.as_view(), name="background_work"),
        path(f"{start}failed/<str:key>/", answer_failure, name="answer_failure"),
        path("jobs/<int:pk>/", JobPage.as_view(), name="job"),
        path("jobs/<int:pk>/file/", download_file, name="job_file"),
    ]


class YourJobs(Component):
    """The jobs that the user started in the last days, on their home page."""

    name = "your-jobs"
    order = 350
    template_name = "jobs/home_panel.html"

    def __init__(self, jobs):
        self.jobs = jobs

    def get_context_data(self, parent_context):
        return {"jobs": self.jobs}


@hooks.register("construct_homepage_panels")
def show_your_jobs(request, panels):
    jobs = recent_jobs(request.user, at=timezone.now())
    if jobs:
        panels.append(YourJobs(jobs))


class BackgroundWorkItem(MenuItem):
    """Shown to whoever runs the site."""

    def is_shown(self, request):
        return may_watch_work(request.user)


@hooks.register("register_settings_menu_item")
def lead_to_background_work():
    return BackgroundWorkItem(
        _("Background work"),
        reverse_lazy("background_work"),
        name="background-work",
        icon_name="tasks",
        order=660,
    )
