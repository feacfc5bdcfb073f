"""What is done for many people at once: locking them, and inviting them again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import User
from progress.rules.days import day_in, start_of_day
from training.teams.actions.invitations import end_invitations, send_invitations
from training.teams.models import Invitation, Membership, Team, needs_password
from training.teams.rules.bulk import BulkOutcome


def lock_people(people: Iterable[Membership]) -> list[Membership]:
    """Lock the learners of these memberships; return those still on their team.

    Whoever left, was erased or has a closed account in the meantime is not among them.
    The lock lasts for the caller's transaction.
    """
    asked = list(people)
    present = lock_learners(person.learner_id for person in asked)
    rows = Membership.objects.current().filter(
        pk__in=[person.pk for person in asked],
        learner__in=present,
        learner__user__is_active=True,
    )
    return list(rows.select_related("team", "learner__user").order_by("pk"))


@transaction.atomic
def invite_all_again(
    *, people: Iterable[Membership], by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Send a new invitation to each who never came in, once a day at most.

    The links in earlier ones stop working. Returns what became of how many. Safe to
    call again.
    """
    asked = list(people)
    rows = lock_people(asked)
    counts = Counter({BulkOutcome.LEFT: len(asked) - len(rows)})
    invited = _invited_today(rows, at)
    for team, members in _by_team(rows).items():
        unused = [row.learner for row in members if needs_password(row.learner.user)]
        fresh = [each for each in unused if (team.pk, each.pk) not in invited]
        end_invitations(team, fresh, at)
        send_invitations(team, fresh, by=by, at=at)
        counts[BulkOutcome.DONE] += len(fresh)
        counts[BulkOutcome.TODAY] += len(unused) - len(fresh)
        counts[BulkOutcome.NOT_NEEDED] += len(members) - len(unused)
    return +counts


def _by_team(rows) -> dict[Team, list[Membership]]:
    teams: dict[Team, list[Membership]] = {}
    for row in rows:
        teams.setdefault(row.team, []).append(row)
    return teams


def _invited_today(rows, at):
    """Return the (team, learner) ids of those with an open invitation of today."""
    found = Invitation.objects.filter(
        learner__in=[row.learner_id for row in rows],
        expires_at__gt=at,
        invited_at__gt=at - dt.timedelta(days=1),
    )
    zones = {row.team_id: row.team.time_zone for row in rows}
    return {
        (each.team_id, each.learner_id)
        for each in found
        if each.team_id in zones and _is_today(each, zones[each.team_id], at)
    }


def _is_today(invitation, zone, at):
    return invitation.invited_at >= start_of_day(day_in(at, zone), zone)
