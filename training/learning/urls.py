"""Staff's pages about their own learning, below `/my-learning/`."""

from django.urls import path

from training.learning import views

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("after-sign-in/", views.after_sign_in, name="after_sign_in"),
    path("calendar/", views.own_calendar_link, name="my_learning_calendar_link"),
    path(
        "calendar/revoke/",
        views.revoke_own_calendar_link,
        name="my_learning_calendar_link_revoke",
    ),
    path(
        "calendar/<str:token>.ics",
        views.subscribed_calendar,
        name="my_learning_calendar_feed",
    ),
    path("calendar.ics", views.calendar_file, name="my_learning_calendar"),
    path(
        "<int:obligation>/calendar.ics",
        views.calendar_file,
        name="my_learning_calendar_of_one",
    ),
]
