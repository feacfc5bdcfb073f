"""Classroom sessions with their people, as their trainers see them. Reads only."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from training.classroom.access import attendances_seen_by, sessions_seen_by
from training.classroom.models import Attendance, ClassroomSession
from training.teams.models import Membership


def sessions_with_counts(user: User) -> QuerySet[ClassroomSession]:
    """Return the sessions that the user can see, with how many they see of each.

    `invited`, `present` (who entered the code) and `attended` (who was confirmed).
    """
    seen = Q(attendances__in=attendances_seen_by(user))
    is_revoked = Q(attendances__completion__revoked_at__isnull=False)
    confirmed = seen & Q(attendances__confirmed_at__isnull=False)
    return sessions_seen_by(user).annotate(
        invited=Count("attendances", filter=seen),
        present=Count(
            "attendances", filter=seen & Q(attendances__present_at__isnull=False)
        ),
        attended=Count("attendances", filter=confirmed)
        - Count("attendances", filter=confirmed & is_revoked),
    )


def team_names_of(
    sessions: Collection[ClassroomSession], user: User
) -> dict[int, list[str]]:
    """Return session id → the names of the teams that the user sees, in one query."""
    rows = attendances_seen_by(user).filter(session__in=sessions)
    found: dict[int, list[str]] = defaultdict(list)
    named = rows.order_by("team__name").values_list("session", "team__name").distinct()
    for session, name in named:
        found[session].append(name)
    return found


def people_invited(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Return the rows by name, with `staff_number` and whether they are in the team.

    `is_current` is false for people who have left the team since.
    """
    theirs = Membership.objects.current().filter(
        team=OuterRef("team"), learner=OuterRef("learner")
    )
    number = Subquery(theirs.values("staff_number")[:1], output_field=CharField())
    return (
        rows.select_related("learner__user", "team", "completion")
        .annotate(staff_number=Coalesce(number, Value("")), is_current=Exists(theirs))
        .order_by(
            F("learner__user__last_name").asc(nulls_last=True),
            "learner__user__first_name",
            "learner__user__email",
            "pk",
        )
    )
