from django.urls import path

from authoring.articles.views import outlines, wizard

app_name = "articles"
urlpatterns = [
    path("new/", wizard.new_course, name="new"),
    path("<int:pk>/", wizard.edit_plan, name="plan"),
    path("<int:pk>/discard/", wizard.discard_article, name="discard"),
    path("<int:pk>/original/", wizard.download_article, name="original"),
    path("outlines/", outlines.list_outlines, name="outlines"),
    path("outlines/new/", outlines.new_outline, name="outline_new"),
    path("outlines/<str:name>/", outlines.edit_outline, name="outline"),
    path(
        "outlines/<str:name>/download/",
        outlines.download_outline,
        name="outline_download",
    ),
    path("outlines/<str:name>/delete/", outlines.remove_outline, name="outline_delete"),
]
