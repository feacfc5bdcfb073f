"""People whose evidence has been kept long enough, for the retention rules."""

import datetime as dt

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from accounts.actions.retention import RetentionRule
from accounts.models import Learner
from training.assignments.models import Obligation
from training.teams.models import Membership


def _people_gone(before: dt.datetime) -> QuerySet[Learner]:
    """Return people who have left every team or lost their account, inactive since.

    People who still learn here by themselves count as active and are kept.
    """
    mine = Membership.objects.filter(learner=OuterRef("pk"))
    asked = Obligation.objects.filter(learner=OuterRef("pk"))
    gone = Learner.objects.present().filter(~Exists(mine.filter(left_at=None)))
    trained = gone.filter(Exists(mine) | Exists(asked), last_active_at__lt=before)
    left = trained.annotate(left=Max("memberships__left_at"))
    return left.filter(Q(left=None) | Q(left__lt=before))


RULES = (
    RetentionRule(
        "people who have left every team",
        "RETENTION_EVIDENCE_MONTHS",
        _people_gone,
        of_people=True,
    ),
)
