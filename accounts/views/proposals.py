"""Proposed e-mail addresses, about which administrators may decide."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from accounts.actions.address_proposals import (
    UnableToEndProposal,
    UnableToUseAddress,
    decide_proposal,
)
from accounts.actions.deletion import may_act_on, may_decide
from accounts.forms.people import DecidedAddressForm
from accounts.models import AddressProposal
from accounts.panels.admin_pages import AdminPage
from accounts.queries.address_proposals import open_proposals

OVER = gettext_lazy(
    "This proposal has been decided or withdrawn, or has ended. Nothing was changed."
)
TAKEN = gettext_lazy(
    "Someone else uses %(address)s by now, so nothing was changed. Reject the proposal,"
    " or change the other account first."
)


class ProposedAddresses(AdminPage, TemplateView):
    """Proposals that wait, oldest first."""

    page_title = gettext_lazy("Proposed addresses")
    header_icon = "mail"
    template_name = "accounts/admin/proposed_addresses.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=open_proposals(timezone.now()), **kwargs)


class DecideProposedAddress(AdminPage, FormView):
    """Asks for a reason, then uses the new address or rejects it."""

    page_title = gettext_lazy("Decide about an address")
    header_icon = "mail"
    template_name = "accounts/admin/decide_proposed_address.html"
    form_class = DecidedAddressForm

    def dispatch(self, request, *args, **kwargs):
        if not may_act_on(request.user, self.proposal.user):
            raise PermissionDenied
        if not self.proposal.is_open(timezone.now()):
            return self.report_end()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def proposal(self):
        if not may_decide(self.request.user):
            raise PermissionDenied
        rows = AddressProposal.objects.select_related("user", "proposed_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def report_end(self):
        messages.warning(self.request, OVER)
        return redirect("proposed_addresses")

    def get_page_subtitle(self):
        return str(self.proposal.user)

    def get_parent_breadcrumbs(self):
        url = reverse("proposed_addresses")
        return [{"url": url, "label": _("Proposed addresses")}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(proposal=self.proposal, **kwargs)

    def form_valid(self, form):
        try:
            decide_proposal(
                proposal=self.proposal,
                outcome=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"],
                by=self.request.user,
                at=timezone.now(),
            )
        except UnableToEndProposal:
            return self.report_end()
        except UnableToUseAddress:
            messages.error(self.request, TAKEN % {"address": self.proposal.new})
            return self.form_invalid(form)
        text = _("Decided. The trainer gets an e-mail.")
        messages.success(self.request, text)
        return redirect("proposed_addresses")
