"""What trainers open, below `/admin/training/`."""

from django.urls import path

from training import mail_views

app_name = "training"
urlpatterns = [
    path("mail/", mail_views.MailView.as_view(), name="mail"),
    path(
        "mail/results/",
        mail_views.MailView.as_view(results_only=True),
        name="mail_results",
    ),
    path("mail/<int:pk>/", mail_views.NoticeView.as_view(), name="notice"),
]
