"""Obligations and their exceptions, below `/admin/training/`."""

from django.urls import path

from training.assignments.views import exceptions

app_name = "obligations"

urlpatterns = [
    path("obligations/<int:pk>/", exceptions.ObligationPage.as_view(), name="inspect"),
    path(
        "obligations/<int:pk>/except/<str:kind>/",
        exceptions.MakeException.as_view(),
        name="except",
    ),
    path(
        "exceptions/<int:pk>/revoke/",
        exceptions.RevokeException.as_view(),
        name="revoke",
    ),
]
