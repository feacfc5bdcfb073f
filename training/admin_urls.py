"""What trainers open, below `/admin/training/`."""

from django.urls import path

from training.assignment_editing import CreateAssignment, EditAssignment
from training.assignment_views import AssignmentList, AssignmentPage, EndAssignment
from training.exception_views import (
    ExceptSeveral,
    MakeException,
    ObligationPage,
    RevokeException,
)

app_name = "training"
urlpatterns = [
    path("assignments/", AssignmentList.as_view(), name="assignments"),
    path(
        "assignments/results/",
        AssignmentList.as_view(results_only=True),
        name="assignments_results",
    ),
    path("assignments/new/", CreateAssignment.as_view(), name="assignment_add"),
    path("assignments/<int:pk>/", AssignmentPage.as_view(), name="assignment"),
    path(
        "assignments/<int:pk>/edit/", EditAssignment.as_view(), name="assignment_edit"
    ),
    path("assignments/<int:pk>/end/", EndAssignment.as_view(), name="assignment_end"),
    path(
        "assignments/<int:pk>/several/<str:kind>/",
        ExceptSeveral.as_view(),
        name="except_several",
    ),
    path("obligations/<int:pk>/", ObligationPage.as_view(), name="obligation"),
    path(
        "obligations/<int:pk>/except/<str:kind>/",
        MakeException.as_view(),
        name="except",
    ),
    path("exceptions/<int:pk>/revoke/", RevokeException.as_view(), name="revoke"),
]
