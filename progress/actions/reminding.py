"""E-mail when a look back is due, for learners with an account who ask for it."""

from datetime import datetime

from django.db import transaction

from accounts.actions.learners import lock_learners, note_activity
from accounts.models import Learner
from progress.models import RecallReminder


class UnableToRemind(Exception):
    """The learner has no account, so no address, or was erased."""


@transaction.atomic
def ask_for_reminders(*, learner: Learner, language: str, at: datetime) -> None:
    """Have the learner reminded of look backs, in the language. Raises UnableToRemind.

    Asking again changes nothing.
    """
    lock_learners([learner.pk])
    people = Learner.objects.present().filter(pk=learner.pk, user__isnull=False)
    if not people.exists():
        raise UnableToRemind
    RecallReminder.objects.get_or_create(
        learner=learner, defaults={"language": language, "asked_at": at}
    )
    note_activity(learner=learner, at=at)


def stop_reminders(*, account: int) -> None:
    """Send no more reminders to the account. What waits to be sent is dropped then."""
    RecallReminder.objects.filter(learner__user=account).delete()


def merge_reminders(source: Learner, target: Learner, at: datetime) -> None:
    """Keep what the target has asked for. Only learners with an account have asked."""
    RecallReminder.objects.filter(learner=source).delete()


def forget_reminders(learner: Learner, at: datetime) -> None:
    """Remind the learner no more."""
    RecallReminder.objects.filter(learner=learner).delete()
