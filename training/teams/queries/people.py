"""How people are named in trainers' lists, and where their record is."""

from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Learner


def name_of(learner: Learner) -> str:
    """Return the learner's name or address; no query if the user is loaded."""
    return str(learner.user) if learner.user else gettext("Erased person")


def person_breadcrumb(learner: Learner) -> list[dict[str, str]]:
    """Return the breadcrumb that leads to the learner's record."""
    url = reverse("reports:person", args=[learner.uuid])
    return [{"url": url, "label": name_of(learner)}]
