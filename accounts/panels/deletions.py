"""What administrators find after signing in: who asked to be deleted."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.models import DeletionRequest


class DeletionsPanel(Component):
    """How many requests for deletion wait, and until when the first."""

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
