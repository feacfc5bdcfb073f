"""Reports by e-mail, and a person's record for trainers."""

from django.urls import path

from training.reports.views import export_page, person, schedules

app_name = "reports"

urlpatterns = [
    path("reports/mail/", schedules.SchedulesView.as_view(), name="report_mail"),
    path(
        "reports/mail/add/", schedules.AddScheduleView.as_view(), name="report_mail_add"
    ),
    path(
        "reports/mail/<int:pk>/delete/",
        schedules.DeleteScheduleView.as_view(),
        name="report_mail_delete",
    ),
    path(
        "reports/<slug:report>/export/",
        export_page.ExportPage.as_view(),
        name="export",
    ),
    path("people/<uuid:learner>/", person.PersonView.as_view(), name="person"),
]
