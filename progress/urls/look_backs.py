"""E-mail when a look back is due, below `/progress/look-back/e-mail/`."""

from django.urls import path

from progress.views import reminding

urlpatterns = [
    path("", reminding.change_reminders, name="look_back_mail"),
    path("stop/<str:code>/", reminding.stop_from_mail, name="look_back_mail_stop"),
]
