"""Where anybody checks a certificate, below `/certificates/`."""

from django.urls import path

from training.certificates.views import check

urlpatterns = [
    path("", check.find, name="certificate_find"),
    path("<slug:serial>/", check.check, name="certificate_check"),
]
