from django.urls import path

from authoring.articles import views

app_name = "articles"
urlpatterns = [
    path("new/", views.new_course, name="new"),
    path("<int:pk>/", views.edit_plan, name="plan"),
    path("<int:pk>/discard/", views.discard_article, name="discard"),
    path("<int:pk>/original/", views.download_article, name="original"),
]
