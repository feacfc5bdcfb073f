"""What staff and visitors open; what trainers open is in `admin_urls`."""

from django.urls import path

from training import views

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("after-sign-in/", views.after_sign_in, name="after_sign_in"),
    path("calendar.ics", views.calendar, name="my_learning_calendar"),
    path(
        "<int:obligation>/calendar.ics",
        views.calendar,
        name="my_learning_calendar_of_one",
    ),
]
