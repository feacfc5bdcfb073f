"""The base of admin pages and panels that rooms add."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User


class AdminPage(WagtailAdminTemplateMixin):
    """An admin page with a title and breadcrumbs in its header."""

    def get_breadcrumbs_items(self):
        here = {
            "url": "",
            "label": self.get_page_title(),
            "sublabel": self.get_page_subtitle(),
        }
        return [*self.breadcrumbs_items, *self.get_parent_breadcrumbs(), here]

    def get_parent_breadcrumbs(self):
        """Return the breadcrumbs between the admin's home and this page."""
        return []


class PanelForUser(Component):
    """A panel on the admin home page with content for its user."""

    def __init__(self, user: User):
        self.user = user
