from django.urls import path

from progress import views

urlpatterns = [
    path("", views.show_progress, name="progress"),
    path("download/", views.download_data, name="progress_download"),
    path("delete/", views.delete_data, name="progress_delete"),
]
