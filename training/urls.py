"""What staff and visitors open; what trainers open is in `admin_urls`."""

from django.urls import path

from training import certificate_views as certificates

urlpatterns = [
    path("certificates/<slug:serial>/", certificates.show, name="certificate"),
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
