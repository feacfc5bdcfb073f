"""What every page of the training room in the admin has in common."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from training.access import may_enter


class InRoom(WagtailAdminTemplateMixin):
    """A page for whoever may work in the training room, asked for at one moment."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.get_way(), here]

    def get_way(self):
        """Return what stands between the admin's home and this page."""
        return []
