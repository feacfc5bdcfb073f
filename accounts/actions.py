"""What can be done to a learner."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts import register
from accounts.models import Learner


def get_or_create_learner(*, token: uuid.UUID, at: datetime) -> Learner:
    """Return the learner who holds the token, made now if this is their first deed."""
    try:
        return Learner.objects.present().get(token=token)
    except Learner.DoesNotExist:
        pass
    try:
        with transaction.atomic():
            return Learner.objects.create(token=token, created_at=at, last_deed_at=at)
    except IntegrityError:
        return Learner.objects.get(token=token)


def note_deed(*, learner: Learner, at: datetime) -> None:
    """Remember that the learner did something, at most once a day."""
    if not learner.acted_lately(at):
        learner.last_deed_at = at
        learner.save(update_fields=["last_deed_at"])


@transaction.atomic
def erase_learner(*, learner: Learner, at: datetime) -> None:
    """Blank the learner everywhere and keep unlinked answers for counts.

    Erasing twice changes nothing the second time.
    """
    if learner.erased_at:
        return
    for holding in register.holdings():
        if holding.erase:
            holding.erase(learner, at)
    Learner.objects.filter(pk=learner.pk, erased_at=None).update(
        user=None, token=None, erased_at=at
    )
    learner.refresh_from_db()


def purge_idle_learners(*, at: datetime, idle_days: int, dry_run: bool) -> int:
    """Erase learners without an account idle for more than `idle_days` days.

    Returns how many there were; with `dry_run` nothing is erased.
    """
    idle = Learner.objects.idle_since(at - timedelta(days=idle_days))
    if dry_run:
        return idle.count()
    purged = 0
    for learner in idle.iterator():
        erase_learner(learner=learner, at=at)
        purged += 1
    return purged
