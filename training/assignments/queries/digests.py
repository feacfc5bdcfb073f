"""When a trainer's weekly digest is due, and its content. Reads only."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Count

from accounts.models import User
from training.assignments.models import DigestTime, Obligation, Pause, Status
from training.assignments.queries.to_do import to_do
from training.assignments.rules import due
from training.teams.models import Team, site_time_zone
from training.teams.queries.teams import trainers_in

# A weekly digest that is delayed for longer is not sent.
DIGEST_LATE = dt.timedelta(days=2)


def digests_due(
    users: Collection[User], at: dt.datetime
) -> list[tuple[User, dt.datetime]]:
    """Return the users whose digest is due, each with its moment, in one query.

    A moment before the user chose another day or hour does not count.
    """
    rows = DigestTime.objects.filter(user__in=users)
    chosen = {row.user_id: row for row in rows}
    found, zone = [], site_time_zone()
    for user in users:
        time = chosen.get(user.pk) or usual_time()
        when = due.last_weekly(at, zone, time.weekday, time.hour)
        if at - when <= DIGEST_LATE and when >= (time.chosen_at or when):
            found.append((user, when))
    return found


def usual_time() -> DigestTime:
    """Return when the digest is sent to trainers who chose nothing, unsaved."""
    return DigestTime()


def digest_time_of(user: User) -> DigestTime:
    """Return when the user gets the digest; unsaved if they chose nothing."""
    return DigestTime.objects.filter(user=user).first() or usual_time()


def digest_time_record(user: User) -> dict[str, Any] | None:
    """Return the day and hour that the account chose, for a download."""
    row = DigestTime.objects.filter(user=user).first()
    return row and {"day": str(row.get_weekday_display()), "hour": row.hour}


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
