"""What staff and visitors open; what trainers open is in `admin_urls`."""

from django.urls import path

from training import certificate_views as certificates
from training import invitation_views, joining_views, views

urlpatterns = [
    path("join/", joining_views.type_code, name="join"),
    path("join/<str:code>/", joining_views.join_team, name="join_team"),
    path("invitation/<str:token>/", invitation_views.accept, name="accept_invitation"),
    path("", views.my_learning, name="my_learning"),
    path("after-sign-in/", views.after_sign_in, name="after_sign_in"),
    path("calendar.ics", views.calendar, name="my_learning_calendar"),
    path(
        "<int:obligation>/calendar.ics",
        views.calendar,
        name="my_learning_calendar_of_one",
    ),
    path("certificates/<slug:serial>/", certificates.show, name="certificate"),
    path(
        "certificates/<slug:serial>/print/",
        certificates.show_on_paper,
        name="certificate_print",
    ),
    path(
        "certificates/<slug:serial>/pdf/",
        certificates.download_pdf,
        name="certificate_pdf",
    ),
]
