"""The people over all teams that somebody looks after, and what they are late with."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from training.assignments.access import obligations_seen_by
from training.assignments.models import Status
from training.assignments.rules import due
from training.reports.queries.behind import obligations_behind
from training.teams.access import memberships_seen_by
from training.teams.models import Membership
from training.teams.queries.people import with_failing_mail
from training.teams.queries.teams import with_invitation

# What is asked of a person through this team, or of them alone.
_THEIRS = Q(learner=OuterRef("learner")) & (Q(team=OuterRef("team")) | Q(team=None))


@dataclass
class LateCount:
    """How much of what one person is asked is overdue and due soon."""

    overdue: int = 0
    due_soon: int = 0
    next_due: dt.date | None = None


def people_seen_by(user: User) -> QuerySet[Membership]:
    """Return who learns in the teams the user can see, once for each of their teams."""
    rows = memberships_seen_by(user).current().members()
    named = rows.filter(learner__user__isnull=False).select_related("team")
    return with_failing_mail(with_invitation(named))


def late_with(
    people: QuerySet[Membership],
    statuses: Collection[Status],
    user: User,
    at: dt.datetime,
    assignment: str = "",
) -> QuerySet[Membership]:
    """Return who is late in one of these ways, with the assignment or with anything."""
    rows = obligations_behind(user, at).filter(_THEIRS, status__in=statuses)
    return people.filter(Exists(_of(rows, assignment)))


def late_with_nothing(
    people: QuerySet[Membership], user: User, at: dt.datetime, assignment: str = ""
) -> QuerySet[Membership]:
    """Return who is not late in any way, with the assignment or with anything."""
    rows = obligations_behind(user, at).filter(_THEIRS)
    # To exclude those of `late_with` takes PostgreSQL a hundred times as long.
    return people.filter(~Exists(_of(rows, assignment)))


def asked_for(
    people: QuerySet[Membership], assignment: str, user: User
) -> QuerySet[Membership]:
    """Return the people who are asked for the assignment with this primary key."""
    rows = obligations_seen_by(user).in_force().filter(_THEIRS)
    return people.filter(Exists(_of(rows, assignment)))


def _of(rows, assignment):
    return rows.filter(assignment=assignment) if assignment else rows


def with_next_due(
    people: QuerySet[Membership], user: User, at: dt.datetime
) -> QuerySet[Membership]:
    """Annotate `next_due`: the first date among what is overdue or due soon."""
    rows = obligations_behind(user, at).filter(_THEIRS).order_by("effective_due_at")
    return people.annotate(next_due=Subquery(rows.values("effective_due_at")[:1]))


def late_counts(
    people: Sequence[Membership], user: User, at: dt.datetime
) -> list[LateCount]:
    """Return what each of these people is late with, in one query."""
    counts = [LateCount() for _person in people]
    rows = obligations_behind(user, at).order_by("effective_due_at")
    found: dict[int, list] = {}
    for row in rows.filter(learner__in={person.learner_id for person in people}):
        found.setdefault(row.learner_id, []).append(row)
    for person, count in zip(people, counts, strict=True):
        for row in found.get(person.learner_id, ()):
            if row.team_id in (None, person.team_id):
                _add(row, count)
    return counts


def _add(row, count):
    count.overdue += row.status == Status.OVERDUE
    count.due_soon += row.status == Status.DUE_SOON
    count.next_due = count.next_due or due.day_in(row.effective_due_at, row.time_zone)
