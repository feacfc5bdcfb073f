"""Who may enter the trainers' pages, and what all of them have in common."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.panels.admin_pages import AdminPage
from training.teams.access import may_enter


class TrainingAdminMixin:
    """A view for whoever may work in the training room."""

    # Who sees what is said in `access`; Wagtail 8 would ask for rights on the model.
    permission_policy = None

    def dispatch(self, request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def at(self):
        """The moment for which all is told."""
        return timezone.now()


class TrainingAdminPage(TrainingAdminMixin, AdminPage):
    """A page of the training room."""
