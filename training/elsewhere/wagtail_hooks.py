from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def serve_completions_elsewhere():
    return [path("training/", include("training.elsewhere.urls.admin"))]
