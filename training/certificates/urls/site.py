"""The holder's own certificates, below `/my-learning/`."""

from django.urls import path

from training.certificates.views import certificates

urlpatterns = [
    path(
        "certificates/<slug:serial>/", certificates.show_certificate, name="certificate"
    ),
    path(
        "certificates/<slug:serial>/print/",
        certificates.show_on_paper,
        name="certificate_print",
    ),
    path(
        "certificates/<slug:serial>/pdf/",
        certificates.download_pdf,
        name="certificate_pdf",
    ),
]
