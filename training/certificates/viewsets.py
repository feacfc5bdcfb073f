"""Certificates for trainers, below `/admin/training/`."""

from django.urls import include, path

from training.certificates.views import certificate_admin
from training.teams.viewsets import TrainingListViewSet

certificate = [
    path("", certificate_admin.ShowCertificate.as_view(), name="inspect"),
    path("revoke/", certificate_admin.RevokeCertificate.as_view(), name="revoke"),
    path("reissue/", certificate_admin.ReissueCertificate.as_view(), name="reissue"),
]


class CertificateViewSet(TrainingListViewSet):
    name = "certificates"
    index_view_class = certificate_admin.Certificates
    menu_order = 80
    pages = [path("<slug:serial>/", include(certificate))]
