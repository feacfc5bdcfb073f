"""Record with whom an attempt was answered, as the learner says."""

from django.db import transaction

from accounts.actions.learners import lock_learners
from quizzes.models import Attempt


@transaction.atomic
def note_company(*, attempt: Attempt, answered_with: str) -> None:
    """Record with whom the learner answers: a value of `Attempt.Company`, or "".

    Marks do not depend on it. Safe to call again.
    """
    lock_learners([attempt.learner_id])
    Attempt.objects.filter(pk=attempt.pk).update(answered_with=answered_with)
