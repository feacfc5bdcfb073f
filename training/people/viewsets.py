"""The list of people over all teams, below `/admin/training/people/`."""

from django.urls import path

from training.people.views import (
    bulk,
    certificates,
    column_choice,
    correcting,
    failing_mail,
    people,
    proposing,
    sessions,
    undoing,
)
from training.teams.viewsets import TrainingListViewSet


class StaffListViewSet(TrainingListViewSet):
    name = "people"
    index_view_class = people.PeopleList
    menu_order = 15
    pages = [
        path("columns/", column_choice.ChooseColumns.as_view(), name="columns"),
        path(
            "certificates/",
            certificates.CertificatesOfPeople.as_view(),
            name="certificates",
        ),
        path("session/", sessions.InviteToSession.as_view(), name="session"),
        path("undo/", undoing.UndoLast.as_view(), name="undo"),
        path("do/<str:verb>/", bulk.ActOnPeople.as_view(), name="act"),
        path(
            "<uuid:uuid>/correct/", correcting.CorrectPerson.as_view(), name="correct"
        ),
        path(
            "<uuid:uuid>/try-mail-again/",
            failing_mail.TryMailAgain.as_view(),
            name="try_mail_again",
        ),
        path(
            "<uuid:uuid>/new-address/",
            proposing.ProposeAddress.as_view(),
            name="propose_address",
        ),
        path(
            "<uuid:uuid>/new-address/withdraw/",
            proposing.WithdrawAddress.as_view(),
            name="withdraw_address",
        ),
    ]
