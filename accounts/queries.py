"""Reads about a learner."""

from accounts.models import Learner


def learner_record(learner: Learner) -> dict[str, str]:
    """Return what the learner's own row holds, for a download."""
    return {
        "id": str(learner.uuid),
        "first_deed": learner.created_at.isoformat(),
        "last_deed": learner.last_deed_at.isoformat(),
    }
