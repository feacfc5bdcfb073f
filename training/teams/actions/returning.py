"""Undoing that people left a team, or moved to another. Safe to call again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.actions.learners import lock_learners
from accounts.models import User
from training.teams import log
from training.teams.actions.invitations import end_invitations, send_invitations
from training.teams.actions.many import by_team
from training.teams.actions.memberships import leave_all
from training.teams.events import team_changed
from training.teams.models import Membership, Team, needs_password
from training.teams.rules.bulk import BulkOutcome


@transaction.atomic
def return_people(
    *, people: Iterable[Membership], moved_to: Team | None, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Let people whose membership has ended be in the team again, as they were.

    Those who moved to another team then leave it. It is refused for whoever is back
    already, whose team is archived, or who has left or changed roles in the new team.
    People who never came in are invited again.
    """
    asked = list(people)
    rows = _lock_ended(asked)
    if moved_to:
        rows = _still_there(rows, moved_to)
        _leave(moved_to, rows, by, at)
    for team, members in by_team(rows).items():
        _reopen(team, members, by, at)
    return +Counter(
        {
            BulkOutcome.DONE: len(rows),
            BulkOutcome.REFUSED: len(asked) - len(rows),
        }
    )


def _lock_ended(asked):
    present = lock_learners(row.learner_id for row in asked)
    same = {"team": OuterRef("team"), "learner": OuterRef("learner")}
    back = Membership.objects.filter(left_at=None, **same)
    rows = Membership.objects.filter(
        ~Exists(back),
        pk__in=[row.pk for row in asked],
        left_at__isnull=False,
        team__archived_at=None,
        learner__in=present,
        learner__user__is_active=True,
    )
    return list(rows.select_related("team", "learner__user").order_by("pk"))


def _still_there(rows, team):
    """Return those whose membership in the team is the one that the move began."""
    moves = Membership.objects.filter(
        team=team,
        left_at=None,
        learner=OuterRef("learner"),
        joined_at=OuterRef("left_at"),
        role=Membership.Role.MEMBER,
    )
    found = Membership.objects.filter(Exists(moves), pk__in=[row.pk for row in rows])
    there = set(found.values_list("pk", flat=True))
    return [row for row in rows if row.pk in there]


def _leave(team, rows, by, at):
    leave_all(team=team, users=[row.learner.user for row in rows], by=by, at=at)
    end_invitations(team, [row.learner for row in rows], at)


def _reopen(team, rows, by, at):
    numbered = team.memberships.filter(left_at=None).exclude(staff_number="")
    taken = set(numbered.values_list("staff_number", flat=True))
    for row in rows:
        row.left_at = None
        row.staff_number = "" if row.staff_number in taken else row.staff_number
    Membership.objects.bulk_update(rows, ["left_at", "staff_number"], batch_size=500)
    entries = [(row, row.learner, {"team": team.name}) for row in rows]
    log.log_actions(entries, "training.returned", user=by)
    unused = [row.learner for row in rows if needs_password(row.learner.user)]
    send_invitations(team, unused, by=by, at=at)
    team_changed.publish(team=team, at=at)
