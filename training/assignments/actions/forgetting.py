"""What happens to obligations and exceptions when a person is erased."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from accounts.models import Learner
from accounts.queries.mentions import ERASED, text_mentions
from mail.actions.forgetting import blank_messages, forget_facts_naming
from mail.models import Message
from training.assignments.models import (
    Assignment,
    CompletionElsewhere,
    CompletionProof,
    ExceptionEntry,
)


@transaction.atomic
def forget_obligations(learner: Learner, at: dt.datetime) -> None:
    """Withdraw the learner's obligations, and blank mail and texts naming them."""
    learner.obligations.unsatisfied().revise(at=at, withdrawn_at=at)
    Assignment.people.through.objects.filter(learner=learner).delete()
    blank_messages(Message.objects.about(learner.obligations.all()))
    forget_facts_naming(learner.user)
    theirs = Q(obligation__learner=learner) | Q(deputy=learner)
    named = theirs | text_mentions("reason", learner.user)
    ExceptionEntry.objects.filter(named).update(reason=ERASED)
    _forget_completions(learner)


def _forget_completions(learner):
    """Blank the texts, and delete what proves them: a proof names its person."""
    theirs = Q(learner=learner)
    CompletionProof.objects.filter(completion__learner=learner).delete()
    CompletionProof.objects.filter(text_mentions("name", learner.user)).update(
        name=ERASED
    )
    for field in ("source", "vouched_by"):
        named = theirs | text_mentions(field, learner.user)
        CompletionElsewhere.objects.filter(named).update(**{field: ERASED})
    reasons = theirs | text_mentions("revoked_reason", learner.user)
    revoked = CompletionElsewhere.objects.exclude(revoked_at=None)
    revoked.filter(reasons).update(revoked_reason=ERASED)
