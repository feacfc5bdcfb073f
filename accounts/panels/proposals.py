"""The panel of proposed addresses that administrators see after signing in."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.queries.address_proposals import open_proposals


class ProposalsPanel(Component):
    """The number of proposed addresses that wait for a decision."""

    name = "proposed_addresses"
    template_name = "accounts/admin/proposals_panel.html"
    order = 96

    def get_context_data(self, parent_context):
        return {"number": open_proposals(timezone.now()).count()}
