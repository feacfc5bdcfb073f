"""The e-mails about a proposed address, in the site's language: see `mail.composing`."""

from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import AddressProposal


def ask_owner(proposal: AddressProposal, token: str) -> None:
    """Ask at the old address, with a link that works once."""
    with translation.override(settings.LANGUAGE_CODE):
        until = date_format(timezone.localtime(proposal.expires_at), "DATE_FORMAT")
        link = urljoin(settings.SITE_URL, reverse("answer_new_address", args=[token]))
        _send("address_proposed", proposal.user, proposal.old, proposal, link, until)


def report_replaced_address(proposal: AddressProposal) -> None:
    """Let the old and the new address know that the new one is in use."""
    for address in (proposal.old, proposal.new):
        _send("address_replaced", proposal.user, address, proposal)


def report_to_proposer(proposal: AddressProposal) -> None:
    """Let whoever proposed the address know what became of it, if they are here."""
    trainer = proposal.proposed_by
    if trainer and trainer.is_active:
        _send("proposal_ended", trainer, trainer.email, proposal)


def _send(name, user, address, proposal, link="", until=""):
    context: dict[str, Any] = {
        "user": user,
        "proposal": proposal,
        "person": str(proposal.user),
        "by": str(proposal.proposed_by or ""),
        "link": link,
        "until": until,
    }
    with translation.override(settings.LANGUAGE_CODE):
        get_adapter().send_mail(f"account/email/{name}", address, context)
