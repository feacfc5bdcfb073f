"""New addresses that trainers propose for people who have signed in.

An address is a way into the account: codes, new passwords and single sign-on go by it. So
a proposed one opens nothing until its owner agrees, from the old address or signed in, or
an administrator decides with a reason. Every action is safe to call again.
"""

import datetime as dt
import logging
import secrets

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from accounts.actions.address_mail import (
    ask_owner,
    report_replaced_address,
    report_to_proposer,
)
from accounts.actions.erasing import end_code_sessions, end_sessions
from accounts.actions.learners import change_addresses
from accounts.events import address_proposal_ended
from accounts.models import AddressProposal, User, digest_proposal_token
from accounts.queries.people import may_have_proposals
from accounts.rules.names import clean_address

# As `accounts.receivers` does for what the account library changes.
_security_log = logging.getLogger("accounts.security")
Outcome = AddressProposal.Outcome
CHANGES = (Outcome.CONFIRMED, Outcome.APPROVED)


class UnableToPropose(Exception):
    """The account is closed, or may enter the admin: only administrators change it."""


class UnableToProposeTwice(Exception):
    """Another proposal for the account is still open."""


class UnableToUseAddress(Exception):
    """An account already has the new address."""


class UnableToEndProposal(Exception):
    """It was decided or withdrawn, has expired, or the account has changed since."""


@transaction.atomic
def propose_address(
    *, user: User, new: str, by: User, at: dt.datetime
) -> AddressProposal:
    """Ask the owner, at the present address, whether to use the new one; return it.

    The caller checks who may propose. Raises UnableToPropose, UnableToProposeTwice and
    UnableToUseAddress, with nothing done.
    """
    account, new = _lock_account(user.pk), clean_address(new)
    if not may_have_proposals(account):
        raise UnableToPropose
    if User.objects.filter(email=new).exists():
        raise UnableToUseAddress
    if account.address_proposals.open_at(at).exists():
        raise UnableToProposeTwice
    over = account.address_proposals.filter(ended_at=None)
    over.update(ended_at=at, outcome=Outcome.LAPSED)
    token = secrets.token_urlsafe(32)
    proposal = AddressProposal.objects.create(
        user=account,
        old=account.email,
        new=new,
        digest=digest_proposal_token(token),
        proposed_by=by,
        proposed_at=at,
        expires_at=at + AddressProposal.LASTS,
    )
    ask_owner(proposal, token)
    return proposal


def confirm_address(*, proposal: AddressProposal, at: dt.datetime) -> None:
    """Use the new address, as its owner agrees.

    Raises UnableToEndProposal and UnableToUseAddress, with nothing done.
    """
    end_proposal(proposal=proposal, outcome=Outcome.CONFIRMED, by=proposal.user, at=at)


def refuse_address(*, proposal: AddressProposal, at: dt.datetime) -> None:
    """Keep the old address, as its owner wants. Raises UnableToEndProposal."""
    end_proposal(proposal=proposal, outcome=Outcome.REFUSED, by=proposal.user, at=at)


def withdraw_proposal(*, proposal: AddressProposal, by: User, at: dt.datetime) -> None:
    """Take it back, as a trainer does. Raises UnableToEndProposal."""
    end_proposal(proposal=proposal, outcome=Outcome.WITHDRAWN, by=by, at=at)


@transaction.atomic
def decide_proposal(
    *, proposal: AddressProposal, outcome: str, reason: str, by: User, at: dt.datetime
) -> None:
    """Use or reject the new address in place of its owner, with a reason that is kept.

    The caller checks `may_act_on` first. Raises UnableToEndProposal and
    UnableToUseAddress, with nothing done.
    """
    facts = {"outcome": outcome, "reason": reason, "by": by, "at": at}
    end_proposal(proposal=proposal, **facts)
    log(
        instance=proposal.user,
        action="accounts.decide_address",
        user=by,
        data={"reason": reason},
        timestamp=at,
    )


@transaction.atomic
def note_changed_address(
    *, user: User, old: str, reason: str, by: User, at: dt.datetime
) -> None:
    """Keep why an administrator changed the address, and write to the old and the new one.

    It counts as a proposal that was approved at once. The caller checks who may, and has
    saved the new address. The account is signed out everywhere, except by its owner. If
    nobody has ever signed in, the old address may be a stranger's: nobody is written to.
    """
    proposal = AddressProposal.objects.create(
        user=user,
        old=old,
        new=user.email,
        digest=digest_proposal_token(secrets.token_urlsafe(32)),
        proposed_by=by,
        proposed_at=at,
        expires_at=at,
        ended_at=at,
        ended_by=by,
        outcome=Outcome.APPROVED,
        reason=reason,
    )
    if by != user:
        end_sessions(user)
    end_code_sessions(old)
    log(
        instance=user,
        action="accounts.change_address",
        user=by,
        data={"reason": reason},
        timestamp=at,
    )
    _security_log.info("Account %s changed the e-mail address.", user.pk)
    if user.last_login:
        report_replaced_address(proposal)


@transaction.atomic
def end_proposal(
    *,
    proposal: AddressProposal,
    outcome: str,
    by: User,
    at: dt.datetime,
    reason: str = "",
) -> None:
    """End an open proposal, and use the new address if the outcome says so.

    Of several at once, one does it. The caller checks who may. Raises
    UnableToEndProposal and UnableToUseAddress, with nothing done.
    """
    account = _lock_account(proposal.user_id)
    rows = AddressProposal.objects.open_at(at).filter(pk=proposal.pk)
    facts = {"outcome": outcome, "ended_by": by, "ended_at": at, "reason": reason}
    if not rows.update(**facts):
        raise UnableToEndProposal
    proposal.refresh_from_db()
    if outcome in CHANGES:
        _replace_address(account, proposal)
    if by != proposal.proposed_by:
        report_to_proposer(proposal)
    address_proposal_ended.publish(proposal=proposal)


def _lock_account(key):
    return User.objects.select_for_update(no_key=True).get(pk=key)


def _replace_address(account, proposal):
    # Somebody may have got a role since it was proposed.
    if not may_have_proposals(account):
        raise UnableToEndProposal
    # Codes that were sent to the old address open nothing any more.
    if proposal.outcome == Outcome.APPROVED:
        end_sessions(account)
    else:
        end_code_sessions(account.email)
    try:
        with transaction.atomic():
            change_addresses(addresses={account: proposal.new})
    except IntegrityError as problem:
        raise UnableToUseAddress from problem
    _security_log.info("Account %s changed the e-mail address.", account.pk)
    report_replaced_address(proposal)
