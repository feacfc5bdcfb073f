"""What people still have to do and are reminded of. Reads only."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from training.assignments.models import TO_DO, Assignment, Obligation
from training.teams.models import Membership


def still_asked(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Return the obligations of people with an account who are still in the audience.

    People who left, or whose team was archived, get no mail, even before
    `reconcile_obligations` has withdrawn the obligation.
    """
    in_team = Membership.objects.current().members()
    through_team = in_team.filter(
        learner=OuterRef("learner"), team__assignments=OuterRef("assignment")
    )
    personally = Assignment.people.through.objects.filter(
        learner=OuterRef("learner"), assignment=OuterRef("assignment")
    )
    return obligations.filter(
        Exists(through_team) | Exists(personally),
        assignment__ended_at=None,
        learner__user__is_active=True,
    )


def to_do(obligations: QuerySet[Obligation], at: dt.datetime) -> QuerySet[Obligation]:
    """Return the obligations that people are reminded of, with related rows."""
    return (
        still_asked(obligations.unsatisfied().filter(opens_at__lte=at))
        .with_status(at)
        .filter(status__in=TO_DO)
        .select_related("assignment", "learner__user", "team")
        .defer("requirement", "assignment__lesson_keys")
    )
