"""Certificates and evidence as trainers see them, below `/admin/training/`."""

from django.urls import include, path

from training.certificates.views import certificate_admin, evidence

app_name = "certificates"

certificate = [
    path("", certificate_admin.ShowCertificate.as_view(), name="certificate"),
    path(
        "revoke/",
        certificate_admin.RevokeCertificate.as_view(),
        name="certificate_revoke",
    ),
    path(
        "reissue/",
        certificate_admin.ReissueCertificate.as_view(),
        name="certificate_reissue",
    ),
]
urlpatterns = [
    path(
        "certificates/",
        certificate_admin.Certificates.as_view(),
        name="certificates",
    ),
    path(
        "certificates/results/",
        certificate_admin.Certificates.as_view(results_only=True),
        name="certificates_results",
    ),
    path("certificates/<slug:serial>/", include(certificate)),
    path("people/<uuid:uuid>/log/", evidence.PersonLog.as_view(), name="person_log"),
    path(
        "people/<uuid:uuid>/evidence.zip",
        evidence.person_evidence,
        name="person_evidence",
    ),
    path("teams/<int:pk>/evidence.zip", evidence.team_evidence, name="team_evidence"),
]
