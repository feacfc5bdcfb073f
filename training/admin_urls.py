"""What trainers open, below `/admin/training/`."""

from django.urls import path

from training import certificate_admin as certificates
from training import proof_views as proof

app_name = "training"
urlpatterns = [
    path("people/<uuid:uuid>/log/", proof.PersonLog.as_view(), name="person_log"),
    path(
        "people/<uuid:uuid>/evidence.zip",
        proof.person_evidence,
        name="person_evidence",
    ),
    path("teams/<int:pk>/evidence.zip", proof.team_evidence, name="team_evidence"),
    path("certificates/", certificates.Certificates.as_view(), name="certificates"),
    path(
        "certificates/results/",
        certificates.Certificates.as_view(results_only=True),
        name="certificates_results",
    ),
    path(
        "certificates/<slug:serial>/",
        certificates.ShowCertificate.as_view(),
        name="certificate",
    ),
    path(
        "certificates/<slug:serial>/revoke/",
        certificates.RevokeCertificate.as_view(),
        name="certificate_revoke",
    ),
    path(
        "certificates/<slug:serial>/reissue/",
        certificates.ReissueCertificate.as_view(),
        name="certificate_reissue",
    ),
]
