from django.urls import include, path
from wagtail import hooks

from training.certificates.viewsets import CertificateViewSet


@hooks.register("register_admin_urls")
def serve_evidence():
    return [path("training/", include("training.certificates.urls.admin"))]


@hooks.register("register_admin_viewset")
def serve_certificates():
    return CertificateViewSet()
