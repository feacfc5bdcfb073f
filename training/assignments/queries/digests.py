"""The content of a trainer's weekly digest. Reads only."""

import datetime as dt

from django.db.models import Count

from accounts.models import User
from training.assignments.models import Obligation, Pause, Status
from training.assignments.queries.to_do import to_do
from training.teams.models import Team
from training.teams.queries.teams import trainers_in


def behind_by_team(user: User, at: dt.datetime) -> list[tuple[Team, list[Obligation]]]:
    """Return the teams the user trains in which something is overdue, and what."""
    teams = trainers_in(learner__user=user).values("team")
    rows = to_do(Obligation.objects.filter(team__in=teams), at).filter(
        status=Status.OVERDUE
    )
    found: dict[Team, list[Obligation]] = {}
    for row in rows.order_by("team__name", "effective_due_at", "pk"):
        found.setdefault(row.team, []).append(row)
    return list(found.items())


def paused_by_team(user: User, at: dt.datetime) -> list[tuple[str, int]]:
    """Return the user's teams with paused obligations, and how many in each."""
    rows = Obligation.objects.unsatisfied().filter(
        team__in=trainers_in(learner__user=user).values("team"),
        pk__in=Pause.objects.at(at).values("obligation"),
    )
    paused = rows.with_status(at).filter(status=Status.PAUSED)
    counted = paused.order_by("team__name").values_list("team__name")
    return list(counted.annotate(count=Count("pk")))
