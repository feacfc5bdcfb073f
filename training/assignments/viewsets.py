"""Assignments, below `/admin/training/`."""

from django.urls import include, path

from training.assignments.views import assignment_editing, assignments, exceptions
from training.teams.viewsets import TrainingListViewSet

assignment = [
    path("", assignments.AssignmentPage.as_view(), name="inspect"),
    path("edit/", assignment_editing.EditAssignment.as_view(), name="edit"),
    path("end/", assignments.EndAssignment.as_view(), name="end"),
    path(
        "several/<str:kind>/", exceptions.ExceptSeveral.as_view(), name="except_several"
    ),
]


class AssignmentViewSet(TrainingListViewSet):
    name = "assignments"
    index_view_class = assignments.AssignmentList
    menu_order = 20
    pages = [
        path("new/", assignment_editing.CreateAssignment.as_view(), name="add"),
        path("<int:pk>/", include(assignment)),
    ]
