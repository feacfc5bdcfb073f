"""Teams and the people in them, below `/admin/training/`."""

from django.urls import include, path
from django.utils.functional import cached_property

from accounts.viewsets.lists import ListViewSet
from training.teams.views import (
    join_links,
    members,
    rosters,
    several_plans,
    several_rosters,
    teams,
)

person = [
    path("role/", members.ChangeRole.as_view(), name="change_role"),
    path("remove/", members.RemovePerson.as_view(), name="remove_person"),
    path("invite/", members.InviteAgain.as_view(), name="invite_again"),
]
join_link = [
    path("close/", join_links.CloseJoinLink.as_view(), name="close_join_link"),
    path("qr.svg", join_links.JoinLinkPicture.as_view(), name="join_link_picture"),
]
team = [
    path("", members.TeamView.as_view(), name="inspect"),
    path(
        "results/", members.TeamView.as_view(results_only=True), name="inspect_results"
    ),
    path("edit/", teams.EditTeam.as_view(), name="edit"),
    path("archive/", teams.ArchiveTeam.as_view(), name="archive"),
    path("bring-back/", teams.BringBackTeam.as_view(), name="bring_back"),
    path("add/", members.AddPeople.as_view(), name="add_people"),
    path("roster/", rosters.UploadRosterView.as_view(), name="roster"),
    path("roster/plan/", rosters.RosterPlanView.as_view(), name="roster_plan"),
    path("join-links/", join_links.JoinLinks.as_view(), name="join_links"),
    path("join-links/<int:link_pk>/", include(join_link)),
    path("people/<uuid:uuid>/", include(person)),
]


class TrainingListViewSet(ListViewSet):
    """A list in the menu “Training”."""

    menu_hook = "register_training_menu_item"

    @cached_property
    def url_prefix(self):
        return f"training/{self.name}"


class TeamViewSet(TrainingListViewSet):
    name = "teams"
    index_view_class = teams.TeamListView
    menu_order = 10
    pages = [
        path("add/", teams.AddTeam.as_view(), name="add"),
        path(
            "roster/",
            several_rosters.UploadSeveralView.as_view(),
            name="several_rosters",
        ),
        path(
            "roster/plans/",
            several_plans.SeveralPlansView.as_view(),
            name="several_plans",
        ),
        path("<int:pk>/", include(team)),
    ]
