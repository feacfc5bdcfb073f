"""Classroom sessions, below `/admin/training/classroom/`."""

from django.urls import include, path

from training.classroom.views import attendance, changing, sessions, sheets
from training.teams.viewsets import TrainingListViewSet

session = [
    path("", sessions.SessionPage.as_view(), name="inspect"),
    path("edit/", changing.EditSession.as_view(), name="edit"),
    path("people/", changing.ChangeInvited.as_view(), name="invited"),
    path("attendance/", attendance.TakeAttendance.as_view(), name="attendance"),
    path("sheet/", sheets.PrintSheet.as_view(), name="sheet"),
    path("sheet.pdf", sheets.DownloadSheet.as_view(), name="sheet_pdf"),
]


class ClassroomViewSet(TrainingListViewSet):
    name = "classroom"
    index_view_class = sessions.SessionList
    menu_order = 25
    pages = [
        path("new/", sessions.NewSession.as_view(), name="add"),
        path("<int:pk>/", include(session)),
    ]
