"""Whom a session invites: the people of teams, and others one by one. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Learner, User
from training.classroom.access import attendances_run_by
from training.classroom.models import ClassroomSession
from training.teams.access import teams_run_by
from training.teams.models import Membership, Team

# Longer ones are beyond what a database keeps as a key.
LONGEST_KEY = 19


def people_to_invite(
    teams: Iterable[Team], people: Iterable[Learner], user: User
) -> list[Membership]:
    """Return the memberships through which they are invited, one for each person.

    Everybody who learns in the teams; of the others, one team that the user trains,
    and one of these teams first. Two queries.
    """
    chosen = {team.pk for team in teams}
    mine = Membership.objects.current().filter(team__in=teams_run_by(user))
    mine = mine.select_related("team").order_by("team__name", "pk")
    found = {}
    for row in mine.members().filter(team__in=chosen):
        found.setdefault(row.learner_id, row)
    for row in mine.filter(learner__in=[person.pk for person in people]):
        found.setdefault(row.learner_id, row)
    return list(found.values())


def people_named(keys: Iterable[str], user: User) -> list[Learner]:
    """Return the people of these memberships, as far as the user trains them."""
    numbers = [key for key in keys if key.isdecimal() and len(key) < LONGEST_KEY]
    mine = Membership.objects.current().filter(team__in=teams_run_by(user))
    found = mine.filter(pk__in=numbers, learner__user__isnull=False)
    return [row.learner for row in found.select_related("learner__user")]


@dataclass(frozen=True)
class InvitationList:
    """Who is invited to a session, and who else is in its teams.

    `people` can be ticked, by name: the `invited`, by id, and `others`, who are not.
    The `kept`, by id, have entered the code or are confirmed, so they stay.
    """

    people: list[Learner]
    invited: set[int]
    others: list[Membership]
    kept: set[int]


def invitation_list(session: ClassroomSession, user: User) -> InvitationList:
    """Return the list, as far as the user trains the teams. Three queries."""
    mine = attendances_run_by(user).filter(session=session)
    rows = list(mine.select_related("learner__user"))
    kept = {row.learner_id for row in rows if row.present_at or row.confirmed_at}
    known = session.attendances.values("learner")
    others = Membership.objects.current().members().exclude(learner__in=known)
    others = others.filter(team__in=mine.values("team"))
    found = {row.learner_id: row for row in others.select_related("learner__user")}
    shown = [row.learner for row in rows if row.learner_id not in kept]
    people = [*shown, *(row.learner for row in found.values())]
    return InvitationList(
        people=sorted(people, key=_by_name),
        invited={person.pk for person in shown},
        others=list(found.values()),
        kept=kept,
    )


def _by_name(learner):
    user = learner.user
    names = (user.last_name, user.first_name, user.email) if user else ("", "", "")
    return [name.casefold() for name in names]
