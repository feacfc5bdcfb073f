"""Assignments, obligations and exceptions, below `/admin/training/`."""

from django.urls import include, path

from training.assignments.views.assignment_editing import (
    CreateAssignment,
    EditAssignment,
)
from training.assignments.views.assignments import (
    AssignmentList,
    AssignmentPage,
    EndAssignment,
)
from training.assignments.views.exceptions import (
    ExceptSeveral,
    MakeException,
    ObligationPage,
    RevokeException,
)

app_name = "assignments"

assignment = [
    path("", AssignmentPage.as_view(), name="assignment"),
    path("edit/", EditAssignment.as_view(), name="assignment_edit"),
    path("end/", EndAssignment.as_view(), name="assignment_end"),
    path("several/<str:kind>/", ExceptSeveral.as_view(), name="except_several"),
]
urlpatterns = [
    path("assignments/", AssignmentList.as_view(), name="assignments"),
    path(
        "assignments/results/",
        AssignmentList.as_view(results_only=True),
        name="assignments_results",
    ),
    path("assignments/new/", CreateAssignment.as_view(), name="assignment_add"),
    path("assignments/<int:pk>/", include(assignment)),
    path("obligations/<int:pk>/", ObligationPage.as_view(), name="obligation"),
    path(
        "obligations/<int:pk>/except/<str:kind>/",
        MakeException.as_view(),
        name="except",
    ),
    path("exceptions/<int:pk>/revoke/", RevokeException.as_view(), name="revoke"),
]
