"""What is known of the people whom a roster is about, before it is planned."""

from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries.people import people_of_admin
from training.teams.access import (
    correctable_learners,
    may_oversee,
    working_elsewhere,
)
from training.teams.actions.invitations import accounts_at
from training.teams.models import Membership, Team
from training.teams.rules.rosters.cells import number_key
from training.teams.rules.rosters.plan import KnownAccount
from training.teams.rules.rosters.rows import RosterRow
from training.teams.rules.work_details import DETAILS


def members_of(team: Team) -> QuerySet[Membership]:
    """Return the current memberships of people with an account."""
    return team.memberships.filter(left_at=None, learner__user__isnull=False)


def members_named(team: Team, rows: Collection[RosterRow]) -> QuerySet[Membership]:
    """Return the members whom the rows name, by address or by staff number."""
    named = Q(learner__user__in=accounts_at([row.email for row in rows]).values())
    return members_of(team).filter(named | Q(pk__in=_numbered(team, rows)))


def _numbered(team, rows):
    keys = {number_key(row.staff_number) for row in rows} - {""}
    if not keys:
        return []
    people = members_of(team).exclude(staff_number="")
    return [
        pk
        for pk, number in people.values_list("pk", "staff_number")
        # The first is quick, and a team can be large.
        if number.casefold().lstrip("0") in {key.lstrip("0") for key in keys}
        and number_key(number) in keys
    ]


def known_accounts(
    *, members: QuerySet[Membership], rows: Sequence[RosterRow], by: User
) -> dict[str, KnownAccount]:
    """Return address → account for everybody in the rows or among the members.

    `by` uploads the roster. A fixed number of queries.
    """
    places = {
        user: place
        for user, *place in members.values_list("learner__user", "role", *DETAILS)
    }
    users = list(accounts_at([row.email for row in rows]).values())
    users += _others(members, users)
    elsewhere = set(working_elsewhere().values_list("pk", flat=True))
    movable = _readdressable(members, rows, by) - elsewhere
    found = {}
    for user in users:
        role, *details = places.get(user.pk, ("",))
        found[user.email.lower()] = KnownAccount(
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            role=role,
            is_open=user.is_active,
            names_fixed=user.pk in elsewhere,
            role_fixed=user == by and not may_oversee(by),
            **dict(zip(DETAILS, details, strict=False)),
            may_readdress=user.pk in movable,
        )
    return found


def _readdressable(members, rows, by) -> set[int]:
    """Return the accounts whose address the file changes and `by` may change.

    Runs no query if the file has no staff numbers.
    """
    target = {number_key(row.staff_number): row.email for row in rows}
    target.pop("", None)
    people = members.exclude(staff_number="").select_related("learner__user")
    moving = [
        row.learner
        for row in (people if target else ())
        if target.get(number_key(row.staff_number), "")
        not in ("", row.learner.user.email)
    ]
    if moving and by.has_perm("accounts.change_user"):
        entering = people_of_admin().exclude(last_login=None)
        kept = set(entering.values_list("pk", flat=True)) | {by.pk}
        return {learner.user_id for learner in moving} - kept
    may = correctable_learners(by, moving)
    return {learner.user_id for learner in moving if learner.pk in may}


def _others(members, users):
    """Return the accounts among the members that are not in the file."""
    named = {user.pk for user in users}
    rows = User.objects.filter(learner__memberships__in=members).order_by("email")
    return [user for user in rows if user.pk not in named]
