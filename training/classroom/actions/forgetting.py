"""What happens to classroom sessions when a person is erased."""

import datetime as dt

from django.db import transaction

from accounts.models import Learner
from accounts.queries.mentions import ERASED, text_mentions
from training.classroom.models import ClassroomSession


@transaction.atomic
def forget_sessions(learner: Learner, at: dt.datetime) -> None:
    """Blank the texts of sessions that name the person. Attendances stay as counts."""
    for field in ("place", "taught_by"):
        named = text_mentions(field, learner.user)
        ClassroomSession.objects.filter(named).update(**{field: ERASED})
