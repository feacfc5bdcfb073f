"""What trainers open, below `/admin/training/`."""

from django.urls import include, path

from training import certificate_admin as certificates
from training import join_link_views, member_views, roster_views, team_views
from training import proof_views as proof
from training.assignment_editing import CreateAssignment, EditAssignment
from training.assignment_views import AssignmentList, AssignmentPage, EndAssignment
from training.exception_views import (
    ExceptSeveral,
    MakeException,
    ObligationPage,
    RevokeException,
)
from training.report_views import (
    behind,
    completion,
    items,
    matrix,
    person,
    schedules,
)

person_deeds = [
    path("role/", member_views.ChangeRole.as_view(), name="change_role"),
    path("remove/", member_views.RemovePerson.as_view(), name="remove_person"),
    path("invite/", member_views.InviteAgain.as_view(), name="invite_again"),
]
join_link = [
    path("close/", join_link_views.CloseJoinLink.as_view(), name="close_join_link"),
    path("qr.svg", join_link_views.JoinLinkPicture.as_view(), name="join_link_picture"),
]
team = [
    path("", member_views.TeamView.as_view(), name="team"),
    path(
        "results/",
        member_views.TeamView.as_view(results_only=True),
        name="team_results",
    ),
    path("edit/", team_views.EditTeam.as_view(), name="edit_team"),
    path("archive/", team_views.ArchiveTeam.as_view(), name="archive_team"),
    path("bring-back/", team_views.BringBackTeam.as_view(), name="bring_back_team"),
    path("add/", member_views.AddPeople.as_view(), name="add_people"),
    path("roster/", roster_views.UploadRoster.as_view(), name="roster"),
    path("roster/plan/", roster_views.RosterPlan.as_view(), name="roster_plan"),
    path("join-links/", join_link_views.JoinLinks.as_view(), name="join_links"),
    path("join-links/<int:link_pk>/", include(join_link)),
    path("people/<uuid:uuid>/", include(person_deeds)),
]

app_name = "training"

REPORTS = {
    "behind": behind.BehindReport,
    "overdue": behind.OverdueReport,
    "matrix": matrix.MatrixReport,
    "completion": completion.CompletionReport,
    "drop_off": completion.DropOffReport,
    "items": items.ItemsReport,
}

report_urls = [
    path(f"reports/{name}/", view.as_view(), name=f"report_{name}")
    for name, view in REPORTS.items()
] + [
    path(
        f"reports/{name}/results/",
        view.as_view(results_only=True),
        name=f"report_{name}_results",
    )
    for name, view in REPORTS.items()
]

urlpatterns = [
    path("teams/", team_views.TeamListView.as_view(), name="teams"),
    path(
        "teams/results/",
        team_views.TeamListView.as_view(results_only=True),
        name="teams_results",
    ),
    path("teams/add/", team_views.AddTeam.as_view(), name="add_team"),
    path("teams/<int:pk>/", include(team)),
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
    *report_urls,
    path("people/<uuid:learner>/", person.PersonView.as_view(), name="person"),
    path("reports/mail/", schedules.SchedulesView.as_view(), name="report_mail"),
    path(
        "reports/mail/add/", schedules.AddScheduleView.as_view(), name="report_mail_add"
    ),
    path(
        "reports/mail/<int:pk>/delete/",
        schedules.DeleteScheduleView.as_view(),
        name="report_mail_delete",
    ),
]
