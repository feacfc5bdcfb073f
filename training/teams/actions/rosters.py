"""Updating a team from a roster. Safe to call again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from progress.rules.days import start_of_day
from training.teams import log
from training.teams.actions.addresses import UnableToCorrect, readdress_people
from training.teams.actions.invitations import (
    Newcomer,
    accounts_at,
    add_people,
    end_invitations,
)
from training.teams.actions.known_accounts import known_accounts, members_of
from training.teams.actions.memberships import leave_all
from training.teams.models import Membership, Team
from training.teams.rules.rosters import plan as plans
from training.teams.rules.rosters.leavers import NO_LEAVERS, Leavers
from training.teams.rules.rosters.plan import RosterOutcome, RosterPlan
from training.teams.rules.rosters.remembered import NamedColumn
from training.teams.rules.rosters.rows import ParsedRoster
from training.teams.rules.rosters.sheets import RosterChoices
from training.teams.rules.work_details import DETAILS


class UnableToApply(Exception):
    """Rows have problems, or something changed after the plan was shown."""


class UnableToTakeOut(Exception):
    """People are to be taken out of the team, and nobody said why."""


def plan_roster(*, team: Team, parsed: ParsedRoster, by: User) -> RosterPlan:
    """Return what the roster would change, in few queries. Writes nothing."""
    known = known_accounts(members=members_of(team), rows=parsed.rows, by=by)
    return plans.make_roster_plan(parsed, known)


@transaction.atomic
def apply_roster(
    *,
    team: Team,
    parsed: ParsedRoster,
    fingerprint: str,
    leavers: Leavers = NO_LEAVERS,
    by: User,
    at: dt.datetime,
) -> RosterPlan:
    """Apply the plan with this fingerprint, and return it.

    Of the people who are not in the file, only the `leavers` are taken out. Raises
    UnableToApply and UnableToTakeOut, with nothing done.
    """
    members = team.memberships.filter(left_at=None)
    team = lock_roster(team, members, [row.email for row in parsed.rows])
    plan = plan_roster(team=team, parsed=parsed, by=by)
    check_confirmed(team, plan, fingerprint, leavers)
    apply_steps(team=team, plan=plan, by=by, at=at)
    gone = leavers.among(person.email for person in plan.absent)
    removed = take_out(team=team, addresses=gone, reason=leavers.reason, by=by, at=at)
    remember_reading(team, parsed.columns, parsed.choices)
    log_roster(team, outcome_counts(plan) | {"removed": removed}, by=by)
    return plan


def check_confirmed(
    team: Team, plan: RosterPlan, fingerprint: str, leavers: Leavers
) -> None:
    """Raise UnableToApply unless this is the plan that was shown, and complete.

    Raises UnableToTakeOut for leavers without a reason.
    """
    is_same = plan.fingerprint == fingerprint and not team.archived_at
    if not (plan.is_ready and is_same) or (leavers and not plan.may_remove):
        raise UnableToApply
    if leavers.lack_reason:
        raise UnableToTakeOut


def take_out(
    *,
    team: Team,
    addresses: Iterable[str],
    reason: str,
    by: User,
    at: dt.datetime,
    notify: bool = True,
) -> int:
    """End the memberships of these people, in the caller's transaction.

    Returns how many there were: others may have left in the meantime.
    """
    users = list(accounts_at(addresses).values())
    if not users:
        return 0
    rows = team.memberships.filter(left_at=None, learner__user__in=users)
    learners = [row.learner for row in rows.select_related("learner")]
    facts = {"reason": reason}
    leave_all(team=team, users=users, at=at, by=by, notify=notify, facts=facts)
    end_invitations(team, learners, at)
    return len(learners)


def lock_roster(
    team: Team, members: QuerySet[Membership], addresses: list[str]
) -> Team:
    """Lock the members, the people with these addresses and the team; return it."""
    named = Q(user__email__in=addresses)
    rows = Learner.objects.filter(Q(pk__in=members.values("learner")) | named)
    lock_learners(rows.values_list("pk", flat=True))
    return Team.objects.select_for_update().get(pk=team.pk)


def apply_steps(
    *, team: Team, plan: RosterPlan, by: User, at: dt.datetime, notify: bool = True
) -> None:
    """Do what the plan says for each person in it, in the caller's transaction.

    Raises UnableToApply. Whoever applies a roster in several calls notifies rooms above once, at the end.
    """
    if plan.readdressed:
        _readdress(team, plan, by, at)
    _rename(plan, by)
    people = _newcomers(team, plan, at)
    add_people(team=team, people=people, by=by, at=at, notify=notify)
    _note_details(team, plan)


def outcome_counts(plan: RosterPlan) -> Counter[str]:
    """Return how many people each outcome has."""
    return Counter({each.value: plan.count(each) for each in RosterOutcome})


def log_roster(team: Team, counts: dict[str, int], *, by: User | None) -> None:
    """Note in the team's history that a roster was applied."""
    log.log_action(team, "training.roster", user=by, **counts)


def remember_reading(
    team: Team, columns: Iterable[NamedColumn], choices: RosterChoices
) -> None:
    """Keep what the columns contain and how dates are written, for the next roster."""
    held = [list(column) for column in columns]
    order = choices.order_to_remember
    if (held, order) != (team.roster_columns, team.roster_order):
        team.roster_columns, team.roster_order = held, order
        team.save(update_fields=["roster_columns", "roster_order"])


def _readdress(team, plan, by, at):
    addresses = {step.before.key: step.row.email for step in plan.readdressed}
    try:
        readdress_people(team=team, addresses=addresses, by=by, at=at)
    except UnableToCorrect as problem:
        raise UnableToApply from problem


def _note_details(team, plan):
    """Save what the team now knows about its people's work."""
    known = {
        step.row.email: step.details
        for step in plan.to_do
        if step.details != step.details_before
    }
    rows = team.memberships.filter(left_at=None, learner__user__email__in=list(known))
    if known:
        rows = list(rows.select_related("learner__user"))
        for row in rows:
            row.details = known[row.learner.user.email]
        Membership.objects.bulk_update(rows, DETAILS, batch_size=500)


def _newcomers(team, plan, at):
    return [
        Newcomer(
            email=step.row.email,
            role=step.role,
            first_name=step.names[0],
            last_name=step.names[1],
            since=None if step.role_before else _since(step.row.joined_on, team, at),
        )
        for step in plan.to_do
    ]


def _since(day, team, at):
    return min(start_of_day(day, team.time_zone), at) if day else None


def _rename(plan, by):
    """Save the names that changed; new accounts get theirs when they are created."""
    changed = {
        step.row.email: step
        for step in plan.to_do
        if step.outcome != RosterOutcome.INVITED and step.names != step.names_before
    }
    users = accounts_at(changed)
    for email, user in users.items():
        user.first_name, user.last_name = changed[email].names
    User.objects.bulk_update(
        users.values(), ["first_name", "last_name"], batch_size=500
    )
    for user in users.values():
        log.log_action(user, "training.renamed", user=by)
