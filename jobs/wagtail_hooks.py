from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from jobs.access import may_watch_work
from jobs.views import BackgroundWork, JobPage, answer_failure


@hooks.register("register_admin_urls")
def serve_background_work():
    start = "background-work/"
    return [
        path(start, BackgroundWork.as_view(), name="background_work"),
        path(f"{start}failed/<str:key>/", answer_failure, name="answer_failure"),
        path("jobs/<int:pk>/", JobPage.as_view(), name="job"),
    ]


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
