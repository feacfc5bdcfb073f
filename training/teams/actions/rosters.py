"""Updating a team from a roster. Safe to call again."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from progress.rules.days import start_of_day
from training.teams import log
from training.teams.access import TRAINER, correctable_learners, may_oversee
from training.teams.actions.addresses import UnableToCorrect, readdress_people
from training.teams.actions.invitations import Newcomer, accounts_at, add_people
from training.teams.actions.memberships import leave_all
from training.teams.models import Membership, Team
from training.teams.rules.rosters import plan as plans
from training.teams.rules.rosters.cells import number_key
from training.teams.rules.rosters.plan import KnownAccount, RosterOutcome, RosterPlan
from training.teams.rules.rosters.rows import ParsedRoster


class UnableToApply(Exception):
    """Rows have problems, or something changed after the plan was shown."""


def plan_roster(*, team: Team, parsed: ParsedRoster, by: User) -> RosterPlan:
    """Return what the roster would change, in few queries. Writes nothing."""
    return plans.make_roster_plan(parsed, _known(team, parsed, by))


def _known(team, parsed, by) -> dict[str, KnownAccount]:
    """Return address → account for everybody in the file or in the team."""
    current = team.memberships.filter(left_at=None, learner__user__isnull=False)
    rows = current.values_list("learner__user", "role", "staff_number")
    places = {user: place for user, *place in rows}
    users = list(accounts_at([row.email for row in parsed.rows]).values())
    users += _others(current, users)
    elsewhere = _working_elsewhere()
    movable = _readdressable(current, parsed, by) - elsewhere
    found = {}
    for user in users:
        role, number = places.get(user.pk, ("", ""))
        found[user.email.lower()] = KnownAccount(
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            role=role,
            is_open=user.is_active,
            names_fixed=user.pk in elsewhere,
            role_fixed=user == by and not may_oversee(by),
            staff_number=number,
            may_readdress=user.pk in movable,
        )
    return found


def _readdressable(current, parsed, by) -> set[int]:
    """Return the accounts whose address the file changes and `by` may change.

    Runs no query if the file has no staff numbers.
    """
    target = {number_key(row.staff_number): row.email for row in parsed.rows}
    target.pop("", None)
    people = current.exclude(staff_number="").select_related("learner__user")
    moving = [
        row.learner
        for row in (people if target else ())
        if target.get(number_key(row.staff_number), "")
        not in ("", row.learner.user.email)
    ]
    if moving and by.has_perm("accounts.change_user"):
        return {learner.user_id for learner in moving} - {by.pk}
    may = correctable_learners(by, moving)
    return {learner.user_id for learner in moving if learner.pk in may}


def _others(current, users):
    """Return the accounts in the team that are not in the file."""
    named = {user.pk for user in users}
    rows = User.objects.filter(learner__memberships__in=current).order_by("email")
    return [user for user in rows if user.pk not in named]


def _working_elsewhere():
    """Return the accounts that have rights on the site beyond training and learning."""
    other_roles = Group.objects.exclude(name=TRAINER).filter(user=OuterRef("pk"))
    people = User.objects.filter(is_superuser=True) | User.objects.filter(
        Exists(other_roles)
    )
    return set(people.values_list("pk", flat=True))


@transaction.atomic
def apply_roster(
    *,
    team: Team,
    parsed: ParsedRoster,
    fingerprint: str,
    remove_absent: bool,
    by: User,
    at: dt.datetime,
) -> RosterPlan:
    """Apply the plan with this fingerprint, and return it.

    People who are not in the file are removed only on request. Raises UnableToApply,
    with nothing done.
    """
    _lock_people(team, parsed)
    team = Team.objects.select_for_update().get(pk=team.pk)
    plan = plan_roster(team=team, parsed=parsed, by=by)
    is_same = plan.fingerprint == fingerprint and not team.archived_at
    if not (plan.is_ready and is_same) or (remove_absent and not plan.may_remove):
        raise UnableToApply
    if plan.readdressed:
        _readdress(team, plan, by, at)
    _rename(plan, by)
    add_people(team=team, people=_newcomers(team, plan, at), by=by, at=at)
    _note_numbers(team, plan)
    if remove_absent:
        gone = accounts_at([person.email for person in plan.absent]).values()
        leave_all(team=team, users=gone, at=at, by=by)
    log.log_action(team, "training.roster", user=by, **_counts(plan, remove_absent))
    return plan


def _readdress(team, plan, by, at):
    addresses = {step.before.key: step.row.email for step in plan.readdressed}
    try:
        readdress_people(team=team, addresses=addresses, by=by, at=at)
    except UnableToCorrect as problem:
        raise UnableToApply from problem


def _note_numbers(team, plan):
    """Save the staff numbers by which the team now knows its people."""
    numbers = {
        step.row.email: step.staff_number
        for step in plan.to_do
        if step.staff_number != step.number_before
    }
    rows = team.memberships.filter(left_at=None, learner__user__email__in=list(numbers))
    if numbers:
        rows = list(rows.select_related("learner__user"))
        for row in rows:
            row.staff_number = numbers[row.learner.user.email]
        Membership.objects.bulk_update(rows, ["staff_number"], batch_size=500)


def _lock_people(team, parsed):
    members = team.memberships.filter(left_at=None)
    named = Q(user__email__in=[row.email for row in parsed.rows])
    rows = Learner.objects.filter(Q(pk__in=members.values("learner")) | named)
    lock_learners(rows.values_list("pk", flat=True))


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


def _counts(plan, remove_absent):
    counts = {outcome.value: plan.count(outcome) for outcome in RosterOutcome}
    return counts | {"removed": len(plan.absent) if remove_absent else 0}
