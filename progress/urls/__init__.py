from django.urls import path

from progress.views import own_data, resuming

urlpatterns = [
    path("", own_data.show_progress, name="progress"),
    path("download/", own_data.download_data, name="progress_download"),
    path("delete/", own_data.delete_data, name="progress_delete"),
    path("words/", resuming.own_words, name="resume_words"),
    path("words/revoke/", resuming.revoke_words, name="resume_words_revoke"),
]
