"""What trainers open, below `/admin/training/`."""

from django.urls import path

from training.report_views import (
    behind,
    completion,
    items,
    matrix,
    person,
    schedules,
)

app_name = "training"

REPORTS = {
    "behind": behind.BehindReport,
    "overdue": behind.OverdueReport,
    "matrix": matrix.MatrixReport,
    "completion": completion.CompletionReport,
    "drop_off": completion.DropOffReport,
    "items": items.ItemsReport,
}

report_urls = [
    path(f"reports/{name}/", view.as_view(), name=f"report_{name}")
    for name, view in REPORTS.items()
] + [
    path(
        f"reports/{name}/results/",
        view.as_view(results_only=True),
        name=f"report_{name}_results",
    )
    for name, view in REPORTS.items()
]

urlpatterns = [
    *report_urls,
    path("people/<uuid:learner>/", person.PersonView.as_view(), name="person"),
    path("reports/mail/", schedules.SchedulesView.as_view(), name="report_mail"),
    path(
        "reports/mail/add/", schedules.AddScheduleView.as_view(), name="report_mail_add"
    ),
    path(
        "reports/mail/<int:pk>/delete/",
        schedules.DeleteScheduleView.as_view(),
        name="report_mail_delete",
    ),
]
