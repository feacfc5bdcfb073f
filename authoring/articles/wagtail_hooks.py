from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from authoring.articles.access import may_add_courses


@hooks.register("register_admin_urls")
def register_wizard_urls():
    return [path("articles/", include("authoring.articles.urls"))]


class ArticleMenuItem(MenuItem):
    """The menu item of the wizard, shown to users who may add a course."""

    def is_shown(self, request):
        return may_add_courses(request.user)


@hooks.register("register_admin_menu_item")
def register_wizard_menu_item():
    return ArticleMenuItem(
        _("Import an article"),
        reverse_lazy("articles:new"),
        name="new-course-from-article",
        icon_name="doc-full-inverse",
        order=115,
    )
