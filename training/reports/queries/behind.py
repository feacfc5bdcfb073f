"""Who is behind: what is overdue or due soon, line by line."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from training.assignments.access import obligations_seen_by
from training.assignments.models import Obligation, Pause, Status
from training.assignments.models.obligations import SOON
from training.assignments.rules import due
from training.reports.queries.lessons import LessonCount, lesson_counts
from training.reports.rules import ageing
from training.teams.queries.people import name_of

BEHIND = (Status.OVERDUE, Status.DUE_SOON)
# The columns that lines need: loading all of them takes twice as long.
SHOWN = (
    "due_at",
    "opens_at",
    "requirement",
    "time_zone",
    "assignment__course_key",
    "assignment__title",
    "learner__uuid",
    "learner__user__email",
    "learner__user__first_name",
    "learner__user__last_name",
    "team__name",
)


@dataclass(frozen=True)
class BehindLine:
    """An obligation that is overdue or due soon; days are in its time zone."""

    learner_uuid: uuid.UUID
    person: str
    team: str
    assignment: str
    due: dt.date
    days_overdue: int
    status: Status
    lessons: LessonCount

    @property
    def age(self) -> ageing.Age:
        return ageing.age_of(self.days_overdue)


@dataclass(frozen=True)
class Counts:
    """How many obligations are overdue and due soon."""

    overdue: int
    due_soon: int


def obligations_paused(user: User, at: dt.datetime) -> QuerySet[Obligation]:
    """Return the obligations the user may see that are paused, and so not due."""
    rows = obligations_seen_by(user).unsatisfied()
    running = Pause.objects.at(at).filter(obligation=OuterRef("pk"))
    return rows.filter(Exists(running)).with_status(at).filter(status=Status.PAUSED)


@dataclass(frozen=True)
class AgeTotal:
    """How many obligations have been overdue for this long."""

    age: ageing.Age
    count: int


def obligations_behind(user: User, at: dt.datetime) -> QuerySet[Obligation]:
    """Return overdue and due-soon obligations that the user may see, with status."""
    # Due dates only ever move later, so the original one can be checked by index.
    near = obligations_seen_by(user).unsatisfied().filter(due_at__lt=at + SOON)
    return (
        near.with_status(at)
        .filter(status__in=BEHIND)
        .select_related("assignment", "learner__user", "team")
        .only(*SHOWN)
    )


def obligations_overdue(user: User, at: dt.datetime) -> QuerySet[Obligation]:
    """Return overdue obligations that the user may see."""
    return obligations_behind(user, at).filter(due_at__lt=at, status=Status.OVERDUE)


def count_behind(rows: QuerySet[Obligation]) -> Counts:
    """Return the counts of the rows of `obligations_behind`, in one query."""
    by_status = rows.order_by().values_list("status").annotate(count=Count("pk"))
    found = dict(by_status)
    return Counts(found.get(Status.OVERDUE, 0), found.get(Status.DUE_SOON, 0))


def behind_lines(rows: Sequence[Obligation], at: dt.datetime) -> list[BehindLine]:
    """Return the rows of `obligations_behind` as lines, in at most ten queries."""
    return [
        _line(row, lessons, at)
        for row, lessons in zip(rows, lesson_counts(rows, at), strict=True)
    ]


def _line(row, lessons: LessonCount, at) -> BehindLine:
    return BehindLine(
        learner_uuid=row.learner.uuid,
        person=name_of(row.learner),
        team=row.team.name if row.team else "",
        assignment=row.assignment.title,
        due=due.day_in(row.effective_due_at, row.time_zone),
        days_overdue=ageing.days_overdue(row.effective_due_at, at, row.time_zone),
        status=Status(row.status),
        lessons=lessons,
    )


def of_age(
    rows: QuerySet[Obligation], age: ageing.Age, at: dt.datetime
) -> QuerySet[Obligation]:
    """Return the overdue rows in this age range."""
    fitting = Q(pk=None)
    for zone in rows.order_by().values_list("time_zone", flat=True).distinct():
        after, until = ageing.due_between(age, at, zone)
        here = Q(time_zone=zone, effective_due_at__lte=until)
        fitting |= here & Q(effective_due_at__gt=after) if after else here
    return rows.filter(fitting)


def age_totals(rows: QuerySet[Obligation], at: dt.datetime) -> list[AgeTotal]:
    """Return how many overdue rows there are of each age, in one query."""
    counts = dict.fromkeys(ageing.AGES, 0)
    # Obligations are due at the end of a day, so there are few distinct moments.
    moments: Iterable = (
        rows.order_by()
        .values_list("effective_due_at", "time_zone")
        .annotate(count=Count("pk"))
    )
    for due_at, zone, count in moments:
        counts[ageing.age_of(ageing.days_overdue(due_at, at, zone))] += count
    return [AgeTotal(age, count) for age, count in counts.items()]
