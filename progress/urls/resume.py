"""Carrying on with words from another device, below `/resume/`."""

from django.urls import path

from progress.views import resuming

urlpatterns = [
    path("", resuming.type_words, name="resume"),
    path("<str:words>/", resuming.open_with_words, name="resume_with_words"),
]
