"""What people are called in lists that trainers read."""

from django.utils.translation import gettext

from accounts.models import Learner


def name_of(learner: Learner) -> str:
    """Return the learner's name, or their address; no query where the user is there."""
    return str(learner.user) if learner.user else gettext("Erased person")
