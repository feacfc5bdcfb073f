"""Receivers of Django signals: an account is about to be deleted, by any route."""

from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import Learner


def user_goes(instance, **kwargs):
    """Erase the person when their account is deleted."""
    learner = Learner.objects.present().filter(user=instance).first()
    erase_person(learner=learner, user=instance, at=timezone.now())
