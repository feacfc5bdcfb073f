"""A person's log, and evidence exports, below `/admin/training/`."""

from django.urls import path

from training.certificates.views import auditor, evidence, packs

app_name = "evidence"

urlpatterns = [
    path("evidence/", auditor.AuditorSheet.as_view(), name="sheet"),
    path("evidence/compare/", packs.ComparePacks.as_view(), name="compare"),
    path("people/<uuid:uuid>/log/", evidence.PersonLog.as_view(), name="person_log"),
    path("people/<uuid:uuid>/evidence.zip", evidence.person_evidence, name="person"),
    path("teams/<int:pk>/evidence.zip", evidence.team_evidence, name="team"),
    path("teams/<int:pk>/evidence/", evidence.TeamPack.as_view(), name="team_pack"),
    path("teams/<int:pk>/sheet/", auditor.AuditorSheet.as_view(), name="team_sheet"),
]
