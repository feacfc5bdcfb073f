"""Lists in the admin: their URLs and menu items."""

from functools import partial

from django.urls import path
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet


class ListViewSet(ViewSet):
    """The URLs of a list, of its results, and of the `pages` below it.

    The index view names the list and decides who can see what. Wagtail's `ModelViewSet`
    would also offer permissions on the model to groups, and pages that change its rows.
    """

    index_view_class = IndexView
    pages = ()

    @property
    def menu_label(self):
        return self.index_view_class.page_title

    @property
    def icon(self):
        return self.index_view_class.header_icon

    def get_common_view_kwargs(self, **kwargs):
        names = ("index", "index_results")
        urls = {f"{name}_url_name": self.get_url_name(name) for name in names}
        return super().get_common_view_kwargs(**urls | kwargs)

    def get_urlpatterns(self):
        index = partial(self.construct_view, self.index_view_class)
        return [
            path("", index(), name="index"),
            path("results/", index(results_only=True), name="index_results"),
            *self.pages,
        ]
