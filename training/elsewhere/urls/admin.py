"""Completions elsewhere, below `/admin/training/`."""

from django.urls import path

from training.elsewhere.views import files, proofs, recording

app_name = "elsewhere"

urlpatterns = [
    path(
        "people/<uuid:uuid>/elsewhere/",
        recording.RecordCompletion.as_view(),
        name="record",
    ),
    path(
        "elsewhere/<int:pk>/revoke/",
        recording.RevokeCompletion.as_view(),
        name="revoke",
    ),
    path("teams/<int:pk>/elsewhere/", files.UploadCompletions.as_view(), name="upload"),
    path("elsewhere/<int:pk>/proof/", proofs.proof_for_trainers, name="proof"),
]
