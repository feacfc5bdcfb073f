"""What pages of the admin that rooms add have in common."""

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class AdminPage(WagtailAdminTemplateMixin):
    """A page of the admin whose header names it, with the way to it."""

    def get_breadcrumbs_items(self):
        here = {
            "url": "",
            "label": self.get_page_title(),
            "sublabel": self.get_page_subtitle(),
        }
        return [*self.breadcrumbs_items, *self.get_way(), here]

    def get_way(self):
        """Return what stands between the admin's home and this page."""
        return []
