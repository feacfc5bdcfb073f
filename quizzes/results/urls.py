"""Addresses of results that hold whatever becomes of the lesson."""

from django.urls import path

from quizzes.results import views

urlpatterns = [
    path("<uuid:attempt>/", views.show_attempt, name="result_of_attempt"),
    path("<uuid:attempt>/seen/", views.mark_seen, name="regrade_seen"),
]
