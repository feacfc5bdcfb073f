"""Proposing a new address for somebody who has signed in, and taking it back."""

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.address_proposals import (
    UnableToEndProposal,
    UnableToPropose,
    UnableToProposeTwice,
    UnableToUseAddress,
    withdraw_proposal,
)
from accounts.queries.address_proposals import open_proposal_for
from training.people.forms.proposing import ProposedAddressForm
from training.teams.access import learners_run_by, may_enter, may_propose_address
from training.teams.actions.proposing import propose_address_for
from training.teams.queries.people import person_breadcrumb
from training.teams.views.team_pages import TeamFormView

NOT_HERE = gettext_lazy(
    "Nobody can propose an address for this person: they have never signed in, their"
    " account is closed, or they may enter the admin. An administrator can change it"
    " (Settings → Users)."
)
WAITS = gettext_lazy("An address is proposed already. Withdraw it first.")
TAKEN = gettext_lazy("Someone else already has this address.")
OVER = gettext_lazy("It has been decided in the meantime, so nothing was changed.")


class PageAboutAddress(TeamFormView):
    """A form about the address of somebody whom the user trains."""

    header_icon = "mail"

    @cached_property
    def learner(self):
        people = learners_run_by(self.request.user).filter(user__isnull=False)
        found = people.select_related("user")
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    @cached_property
    def proposal(self):
        return open_proposal_for(self.learner.user, self.at)

    def get_page_subtitle(self):
        return str(self.learner.user)

    def get_parent_breadcrumbs(self):
        people = {"url": reverse("people:index"), "label": _("People")}
        return [people, *person_breadcrumb(self.learner)]

    def get_back_url(self):
        return reverse("reports:person", args=[self.learner.uuid])

    get_success_url = get_back_url


class ProposeAddress(PageAboutAddress):
    """Asks for the address, or shows the one that waits, with a way to withdraw it."""

    page_title = gettext_lazy("Propose a new e-mail address")
    template_name = "training/people/propose_address.html"
    form_class = ProposedAddressForm
    button = gettext_lazy("Propose")

    def dispatch(self, request, *args, **kwargs):
        may = may_enter(request.user) and self.learner
        if may and not may_propose_address(request.user, self.learner):
            return self.refuse(NOT_HERE)
        return super().dispatch(request, *args, **kwargs)

    @property
    def lead(self):
        text = _(
            "%(person)s now signs in with %(address)s. We ask them there whether they"
            " want the new address. Until they agree, or an administrator decides,"
            " nothing changes."
        )
        user = self.learner.user
        return text % {"person": user, "address": user.email}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"present": self.learner.user.email}

    def get_context_data(self, **kwargs):
        return super().get_context_data(proposal=self.proposal, **kwargs)

    def perform(self, form, at):
        terms = {"new": form.cleaned_data["email"], "by": self.request.user, "at": at}
        try:
            proposal = propose_address_for(learner=self.learner, **terms)
        except UnableToPropose:
            form.add_error(None, NOT_HERE)
        except UnableToProposeTwice:
            form.add_error(None, WAITS)
        except UnableToUseAddress:
            form.add_error("email", TAKEN)
        else:
            until = date_format(localtime(proposal.expires_at), "DATE_FORMAT")
            text = _("Proposed. They can answer until %(day)s, and you get an e-mail.")
            return text % {"day": until}
        return None


class WithdrawAddress(PageAboutAddress):
    """Asks once, then takes the proposal back."""

    page_title = gettext_lazy("Withdraw the proposed address")
    form_class = Form
    button = gettext_lazy("Withdraw it")

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and self.proposal is None:
            return self.refuse(OVER)
        return super().dispatch(request, *args, **kwargs)

    @property
    def lead(self):
        text = _("%(address)s is no longer offered to %(person)s.")
        return text % {"address": self.proposal.new, "person": self.learner.user}

    def perform(self, form, at):
        by = self.request.user
        try:
            withdraw_proposal(proposal=self.proposal, by=by, at=at)
        except UnableToEndProposal:
            form.add_error(None, OVER)
        return _("Withdrawn. The address stays as it is.")
