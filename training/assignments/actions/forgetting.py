"""What happens to obligations and exceptions when a person is erased."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from accounts.models import Learner
from accounts.queries.mentions import ERASED, text_mentions
from mail.actions.forgetting import blank_messages, forget_facts_naming
from mail.models import Message
from training.assignments.models import Assignment, ExceptionEntry


@transaction.atomic
def forget_obligations(learner: Learner, at: dt.datetime) -> None:
    """Withdraw the learner's obligations, and blank mail and reasons naming them."""
    learner.obligations.unsatisfied().revise(at=at, withdrawn_at=at)
    Assignment.people.through.objects.filter(learner=learner).delete()
    blank_messages(Message.objects.about(learner.obligations.all()))
    forget_facts_naming(learner.user)
    theirs = Q(obligation__learner=learner) | Q(deputy=learner)
    named = theirs | text_mentions("reason", learner.user)
    ExceptionEntry.objects.filter(named).update(reason=ERASED)
