"""What is done for many people of teams at once. Safe to call again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import User
from progress.rules.days import day_in, start_of_day
from training.teams.actions.invitations import (
    Newcomer,
    add_people,
    end_invitations,
    send_invitations,
)
from training.teams.actions.memberships import leave_all
from training.teams.models import Invitation, Membership, Team, needs_password
from training.teams.rules.bulk import BulkOutcome
from training.teams.rules.work_details import DETAILS


def lock_people(people: Iterable[Membership]) -> list[Membership]:
    """Lock the learners of these memberships; return those still learning there.

    Whoever left, was erased, changed role or has a closed account in the meantime is
    not among them.
    The lock lasts for the caller's transaction.
    """
    asked = list(people)
    present = lock_learners(person.learner_id for person in asked)
    rows = (
        Membership.objects.current()
        .members()
        .filter(
            pk__in=[person.pk for person in asked],
            learner__in=present,
            learner__user__is_active=True,
        )
    )
    return list(rows.select_related("team", "learner__user").order_by("pk"))


def by_team(people: Iterable[Membership]) -> dict[Team, list[Membership]]:
    """Return the memberships of each team."""
    teams: dict[Team, list[Membership]] = {}
    for row in people:
        teams.setdefault(row.team, []).append(row)
    return teams


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
    for team, members in by_team(rows).items():
        unused = [row.learner for row in members if needs_password(row.learner.user)]
        fresh = [each for each in unused if (team.pk, each.pk) not in invited]
        end_invitations(team, fresh, at)
        send_invitations(team, fresh, by=by, at=at)
        counts[BulkOutcome.DONE] += len(fresh)
        counts[BulkOutcome.TODAY] += len(unused) - len(fresh)
        counts[BulkOutcome.NOT_NEEDED] += len(members) - len(unused)
    return +counts


@transaction.atomic
def move_people(
    *,
    people: Iterable[Membership],
    team: Team,
    reason: str,
    by: User,
    at: dt.datetime,
) -> Counter[BulkOutcome]:
    """Let each join the team and leave the one they are in; the log says why.

    Whoever never came in is invited to the new team, and the old link stops working;
    others are notified. People who are in the team, in whatever role, stay as they are.
    Raises UnableToJoin for an archived team, with nothing done.
    """
    asked = list(people)
    rows = lock_people(asked)
    there = set(_current_in(team, rows).values_list("learner", flat=True))
    moving = [row for row in rows if row.learner_id not in there]
    newcomers = [Newcomer(row.learner.user.email) for row in moving]
    add_people(team=team, people=newcomers, by=by, at=at)
    _bring_details(team, moving)
    for source, members in by_team(moving).items():
        facts = {"reason": reason, "moved_to": team.name}
        _take_out(source, members, facts, by, at)
    return +Counter(
        {
            BulkOutcome.DONE: len(moving),
            BulkOutcome.NOT_NEEDED: len(rows) - len(moving),
            BulkOutcome.LEFT: len(asked) - len(rows),
        }
    )


@transaction.atomic
def take_out_people(
    *, people: Iterable[Membership], reason: str, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """End these memberships, and log why; what people did and the log are kept."""
    asked = list(people)
    rows = lock_people(asked)
    for team, members in by_team(rows).items():
        _take_out(team, members, {"reason": reason}, by, at)
    return +Counter(
        {BulkOutcome.DONE: len(rows), BulkOutcome.LEFT: len(asked) - len(rows)}
    )


def _take_out(team, members, facts, by, at):
    learners = [row.learner for row in members]
    users = [each.user for each in learners]
    leave_all(team=team, users=users, by=by, at=at, facts=facts)
    end_invitations(team, learners, at)


def _current_in(team, rows):
    learners = [row.learner_id for row in rows]
    return team.memberships.filter(left_at=None, learner__in=learners)


def _bring_details(team, moving):
    """Keep job titles and sites, and the staff numbers that nobody in the team has."""
    numbered = team.memberships.filter(left_at=None).exclude(staff_number="")
    taken = set(numbered.values_list("staff_number", flat=True))
    known = {row.learner_id: row.details for row in moving}
    rows = list(_current_in(team, moving))
    for row in rows:
        details = known[row.learner_id]
        if details.staff_number in taken:
            details = replace(details, staff_number="")
        row.details = row.details.with_known(details)
        taken.add(row.staff_number)
    Membership.objects.bulk_update(rows, DETAILS, batch_size=500)


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
