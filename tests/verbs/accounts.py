"""What people do with accounts, devices and the words between them."""

import uuid
from contextlib import suppress

from allauth.core.context import request_context
from django.test import RequestFactory
from django.utils import timezone

from accounts.actions.address_proposals import (
    UnableToEndProposal,
    UnableToPropose,
    UnableToProposeTwice,
    UnableToUseAddress,
    confirm_address,
    decide_proposal,
    refuse_address,
    withdraw_proposal,
)
from accounts.actions.deletion import ask_for_deletion
from accounts.actions.learners import attach_learning, erase_learner, erase_person
from accounts.models import AddressProposal, Learner
from accounts.queries.address_proposals import newest_proposal_for
from progress.actions.resuming import (
    UnableToResume,
    make_resume_words,
    purge_resume_words,
    resume_learning,
    revoke_resume_words,
)
from progress.models import ResumeWords
from training.teams.actions.proposing import propose_address_for


def _asking():
    """The account library sends mail for a request."""
    return request_context(RequestFactory().get("/"))


class HavingAnAccount:
    """Verbs about who somebody is."""

    def delete_progress(self):
        erase_learner(learner=self._learner, at=timezone.now())

    def erase(self):
        user = self._learner.user
        erase_person(learner=self._learner, user=user, at=timezone.now())

    def delete_progress_on_the_device(self):
        erase_learner(learner=self._device_learner(), at=timezone.now())

    def ask_for_deletion(self):
        ask_for_deletion(user=self._learner.user, at=timezone.now())

    def propose_address(self):
        """As a trainer does, once."""
        refusals = (UnableToPropose, UnableToProposeTwice, UnableToUseAddress)
        with _asking(), suppress(*refusals):
            propose_address_for(
                learner=self._learner,
                new=f"new{uuid.uuid4().hex[:8]}@example.org",
                by=self._place.trainer,
                at=timezone.now(),
            )

    def _propose_address(self):
        self.propose_address()
        self._proposal = newest_proposal_for(self._learner.user)

    _before_confirm_address = _before_decide_address = _propose_address
    _before_refuse_address = _before_withdraw_address = _propose_address

    def confirm_address(self):
        with _asking(), suppress(UnableToEndProposal):
            confirm_address(proposal=self._proposal, at=timezone.now())

    def refuse_address(self):
        with _asking(), suppress(UnableToEndProposal):
            refuse_address(proposal=self._proposal, at=timezone.now())

    def withdraw_address(self):
        by, at = self._place.trainer, timezone.now()
        with _asking(), suppress(UnableToEndProposal):
            withdraw_proposal(proposal=self._proposal, by=by, at=at)

    def decide_address(self):
        """As an administrator does."""
        with _asking(), suppress(UnableToEndProposal):
            decide_proposal(
                proposal=self._proposal,
                outcome=AddressProposal.Outcome.APPROVED,
                reason="Came by",
                by=self._place.deputy.user,
                at=timezone.now(),
            )

    def sign_in(self):
        token, user = self._device.token, self._learner.user
        attach_learning(user=user, token=token, at=timezone.now())

    def make_words(self):
        learner, at = self._device_learner(), timezone.now()
        make_resume_words(learner=learner, language="en", at=at)

    def revoke_words(self):
        revoke_resume_words(learner=self._device_learner())

    def _before_revoke_words(self):
        self.make_words()

    def _before_resume(self):
        learner, at = self._device_learner(), timezone.now()
        self._words = make_resume_words(learner=learner, language="en", at=at)

    def resume(self):
        """Open with the device's words what the account then takes over."""
        # They end with the device's learner.
        with suppress(UnableToResume):
            resume_learning(
                text=" ".join(self._words),
                language="en",
                identity=self._identity,
                at=timezone.now(),
            )

    def purge_words(self):
        purge_resume_words(at=timezone.now())

    def _before_purge_words(self):
        self.make_words()
        mine = ResumeWords.objects.filter(learner=self._device_learner())
        mine.update(expires_at=timezone.now())

    def _device_learner(self):
        return Learner.objects.get(token=self._device.token)
