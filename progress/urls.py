from django.urls import path

from progress import views

urlpatterns = [
    path("", views.show, name="progress"),
    path("download/", views.download, name="progress_download"),
    path("delete/", views.delete, name="progress_delete"),
]
