"""What trainers read about their teams, below `/admin/training/`."""

from django.urls import path

from training.reports.views import (
    behind,
    completion,
    items,
    matrix,
    person,
    schedules,
)

app_name = "reports"

REPORTS = {
    "behind": behind.BehindReport,
    "overdue": behind.OverdueReport,
    "matrix": matrix.MatrixReport,
    "completion": completion.CompletionReport,
    "drop_off": completion.DropOffReport,
    "items": items.ItemsReport,
}

pages = [
    path(f"reports/{name}/", view.as_view(), name=f"report_{name}")
    for name, view in REPORTS.items()
]
results = [
    path(
        f"reports/{name}/results/",
        view.as_view(results_only=True),
        name=f"report_{name}_results",
    )
    for name, view in REPORTS.items()
]
by_mail = [
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
urlpatterns = [
    *pages,
    *results,
    *by_mail,
    path("people/<uuid:learner>/", person.PersonView.as_view(), name="person"),
]
