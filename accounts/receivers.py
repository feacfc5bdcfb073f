"""What Django tells us: an account is about to be deleted, by whichever route."""

from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import Learner


def user_goes(instance, **kwargs):
    """Deleting an account forgets the person, as erasing them does."""
    learner = Learner.objects.present().filter(user=instance).first()
    erase_person(learner=learner, user=instance, at=timezone.now())
