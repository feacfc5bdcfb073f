"""What people are called in lists that trainers read, and where their record is."""

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Learner


def name_of(learner: Learner) -> str:
    """Return the learner's name, or their address; no query where the user is there."""
    return str(learner.user) if learner.user else gettext("Erased person")


def person_breadcrumb(learner: Learner) -> list[dict[str, str]]:
    """Return the breadcrumb that leads to the learner's record."""
    url = reverse("reports:person", args=[learner.uuid])
    return [{"url": url, "label": name_of(learner)}]
