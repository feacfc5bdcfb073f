"""Addresses for phones without a network."""

from django.urls import path

from home import views

urlpatterns = [
    path("", views.show_offline_page, name="offline"),
    path("token/", views.sending_token, name="sending_token"),
    path(
        "courses/<uuid:uuid>/<int:locale>/", views.show_kept_course, name="kept_course"
    ),
]
