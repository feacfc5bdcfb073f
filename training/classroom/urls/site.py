"""Saying that one is present at a session, below `/my-learning/`."""

from django.urls import path

from training.classroom.views import checking_in

urlpatterns = [
    path("attend/<uuid:uuid>/", checking_in.attend_session, name="my_learning_attend"),
]
