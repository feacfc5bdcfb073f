"""The public check of certificates, below `/certificates/`."""

from django.urls import path

from training.certificates.views import check

urlpatterns = [
    path("", check.find_certificate, name="certificate_find"),
    path("<slug:serial>/", check.check_certificate, name="certificate_check"),
]
