"""Queries about teams and their members."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from training.teams.models import Invitation, Membership, Team, site_time_zone
from training.teams.rules.rosters.columns import plain_heading


def with_people(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Annotate `people` (the number who learn) and load `trainers`; two queries."""
    current = Membership.objects.filter(left_at=None)
    trainers = current.filter(role=Membership.Role.TRAINER)
    counted = (
        current.members()
        .filter(team=OuterRef("pk"))
        .order_by()
        .values("team")
        .annotate(people=Count("pk"))
        .values("people")
    )
    return teams.annotate(people=Coalesce(Subquery(counted), 0)).prefetch_related(
        Prefetch(
            "memberships",
            queryset=trainers.select_related("learner__user").order_by("joined_at"),
            to_attr="trainers",
        )
    )


def with_invitation(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Annotate `invited_until`, when the newest invitation into the team expires."""
    newest = Invitation.objects.filter(
        team=OuterRef("team"), learner=OuterRef("learner"), accepted_at=None
    ).order_by("-invited_at", "-pk")
    return memberships.select_related("learner__user").annotate(
        invited_until=Subquery(newest.values("expires_at")[:1])
    )


def teams_called(teams: QuerySet[Team]) -> dict[str, list[Team]]:
    """Return what a roster may call each of these teams, as `plain_heading` has it.

    Several teams under one name cannot be told apart.
    """
    found: dict[str, list[Team]] = {}
    for team in teams.current().order_by("name", "pk"):
        for key in {plain_heading(team.name), plain_heading(team.roster_name)} - {""}:
            found.setdefault(key, []).append(team)
    return found


def trainers_in(**which: Any) -> QuerySet[Membership]:
    """Return the current trainers among the memberships that match."""
    in_role = Membership.objects.current().filter(role=Membership.Role.TRAINER)
    return in_role.filter(**which)


def team_time_zones() -> dict[int | None, str]:
    """Return team id → time zone; under None the site's, for people without a team."""
    known: dict[int | None, str] = {None: site_time_zone()}
    return known | dict(Team.objects.values_list("pk", "time_zone"))
