"""Answers that arrive again, after the phone had not heard that they were saved."""

import uuid

from accounts.models import Learner
from quizzes.models import Answer


def was_saved(
    learner: Learner | None, question_key: str, client_uuid: uuid.UUID
) -> bool:
    """Return whether this answer of the learner was saved before, in any attempt."""
    own = Answer.objects.filter(attempt__learner=learner, client_uuid=client_uuid)
    return learner is not None and own.filter(question_key=question_key).exists()
