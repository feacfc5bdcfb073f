"""Who may open the trainers' pages, and what all of these have in common."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.panels.admin_pages import AdminPage
from training.teams.access import may_enter


class TrainingAdminMixin:
    """A view for people who may use the training area."""

    # `access` says who sees what; Wagtail 8 would require permissions on the model.
    permission_policy = None

    def dispatch(self, request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def at(self):
        """The moment that everything on the page refers to."""
        return timezone.now()


class TrainingAdminPage(TrainingAdminMixin, AdminPage):
    """A page in the training area."""
