"""Where people agree to an address that was proposed for them, or refuse it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.address_proposals import (
    UnableToEndProposal,
    UnableToUseAddress,
    confirm_address,
    refuse_address,
)
from accounts.queries.address_proposals import newest_proposal_for, proposal_with

ANSWERS = {"confirm": confirm_address, "refuse": refuse_address}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request, token):
    """Ask whoever reads the mail of the old address. Opening the link changes nothing."""
    proposal = proposal_with(token)
    if proposal is None:
        raise Http404
    return _answer(request, proposal, reverse("answer_new_address", args=[token]))


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_signed_in(request):
    """Ask the owner of the account, who has just signed in."""
    proposal = newest_proposal_for(request.user)
    if proposal is None:
        return redirect("account")
    return _answer(request, proposal, reverse("own_new_address"))


def _answer(request, proposal, address):
    at = timezone.now()
    if request.method == "POST":
        _perform(request, proposal, at)
        return redirect(address)
    context = {"proposal": proposal, "is_open": proposal.is_open(at)}
    return TemplateResponse(request, "account/new_address.html", context)


def _perform(request, proposal, at):
    answer = ANSWERS.get(request.POST.get("answer", ""))
    try:
        if answer:
            answer(proposal=proposal, at=at)
    except UnableToEndProposal:
        messages.warning(request, _("It had been decided before, so nothing changed."))
    except UnableToUseAddress:
        text = _(
            "Someone else uses %(address)s by now, so nothing changed. Tell your trainer."
        )
        messages.error(request, text % {"address": proposal.new})
