"""Proposing a new address for somebody who has signed in, and the log of what follows."""

import datetime as dt

from django.db import transaction

from accounts.actions.address_proposals import UnableToPropose, propose_address
from accounts.actions.learners import lock_learners
from accounts.models import AddressProposal, Learner, User
from training.teams import log


@transaction.atomic
def propose_address_for(
    *, learner: Learner, new: str, by: User, at: dt.datetime
) -> AddressProposal:
    """Ask the person whether their account is to use the address; return the proposal.

    The caller checks `access.may_propose_address` first. Raises UnableToPropose,
    UnableToProposeTwice and UnableToUseAddress, with nothing done.
    """
    if not lock_learners([learner.pk]):
        raise UnableToPropose
    user = User.objects.get(learner=learner)
    proposal = propose_address(user=user, new=new, by=by, at=at)
    _log(learner, "training.address_proposed", by, proposal)
    return proposal


def log_ended_proposal(*, proposal: AddressProposal) -> None:
    """Write who decided it, and why, into the log of the person's trainers."""
    learner = Learner.objects.filter(user=proposal.user).first()
    if learner:
        action = f"training.address_{proposal.outcome}"
        _log(learner, action, proposal.ended_by, proposal, reason=proposal.reason)


def _log(learner, action, by, proposal, **facts):
    facts |= {"old_address": proposal.old, "new_address": proposal.new}
    log.log_action(learner, action, learner=learner, user=by, **facts)
