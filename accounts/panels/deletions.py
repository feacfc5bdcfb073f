"""The panel of deletion requests that administrators see after signing in."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.models import DeletionRequest


class DeletionsPanel(Component):
    """The number of open deletion requests, and when the first is due."""

    name = "deletion_requests"
    template_name = "accounts/admin/deletions_panel.html"
    order = 95

    def get_context_data(self, parent_context):
        waiting = DeletionRequest.objects.filter(decided_at=None).order_by("asked_at")
        rows = list(waiting)
        today = timezone.localdate()
        return {
            "number": len(rows),
            "first": rows[0] if rows else None,
            "late": sum(row.is_late(today) for row in rows),
        }
