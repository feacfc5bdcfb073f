from django.urls import path

from authoring.articles import views

app_name = "articles"
urlpatterns = [
    path("new/", views.new_course, name="new"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/original/", views.original, name="original"),
]
