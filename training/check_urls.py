"""Where anybody checks a certificate, below `/certificates/`."""

from django.urls import path

from training import check_views

urlpatterns = [
    path("", check_views.find, name="certificate_find"),
    path("<slug:serial>/", check_views.check, name="certificate_check"),
]
