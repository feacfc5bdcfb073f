"""What pages and panels of the admin that rooms add have in common."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User


class AdminPage(WagtailAdminTemplateMixin):
    """A page of the admin whose header names it, with the way to it."""

    def get_breadcrumbs_items(self):
        here = {
            "url": "",
            "label": self.get_page_title(),
            "sublabel": self.get_page_subtitle(),
        }
        return [*self.breadcrumbs_items, *self.get_parent_breadcrumbs(), here]

    def get_parent_breadcrumbs(self):
        """Return what stands between the admin's home and this page."""
        return []


class PanelForUser(Component):
    """A panel of the start page that shows what concerns who looks at it."""

    def __init__(self, user: User):
        self.user = user
