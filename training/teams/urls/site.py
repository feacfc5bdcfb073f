"""Pages for joining a team, below `/my-learning/`."""

from django.urls import path

from training.teams.views import invitations, joining

urlpatterns = [
    path("join/", joining.type_code, name="join"),
    path("join/<str:code>/", joining.join_team, name="join_team"),
    path(
        "invitation/<str:token>/", invitations.open_invitation, name="accept_invitation"
    ),
]
