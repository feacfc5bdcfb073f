"""What staff and visitors open; what trainers open is in `admin_urls`."""

from django.urls import path

from training import invitation_views, joining_views

urlpatterns = [
    path("join/", joining_views.type_code, name="join"),
    path("join/<str:code>/", joining_views.join_team, name="join_team"),
    path("invitation/<str:token>/", invitation_views.accept, name="accept_invitation"),
]
