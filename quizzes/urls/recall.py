"""The address of a look back, below “Your progress”."""

from django.urls import path

from quizzes.views import recall

urlpatterns = [path("", recall.look_back, name="look_back")]
