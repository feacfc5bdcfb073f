"""Addresses of results, which stay valid even if the lesson is removed."""

from django.urls import path

from quizzes.views import attempt_results

urlpatterns = [
    path("<uuid:attempt>/", attempt_results.show_attempt, name="result_of_attempt"),
    path("<uuid:attempt>/seen/", attempt_results.mark_seen, name="regrade_seen"),
]
