"""In date today: where people stand, for each team and each assignment."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from progress.models import LessonProgress
from progress.rules.days import day_in, end_of_day
from training.assignments.models import Assignment, Obligation, Status
from training.assignments.models.obligations import SOON
from training.reports.queries.dated_cycles import cycles_of
from training.reports.rules.in_date import in_date_figures
from training.reports.rules.training_status import (
    Pair,
    StatusGroup,
    TrainingStatus,
    count_elsewhere,
    count_statuses,
    group_counts,
)
from training.teams.models import Team

TREND_MONTHS = 12
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class MonthShare:
    """The share in date on the last day of a month, from 0 to 1; today for this one.

    None if nobody was asked then.
    """

    day: dt.date
    share: float | None


@dataclass(frozen=True)
class StatusFigures:
    """Where people stand; `counts` add up to `asked`, and so do its four groups."""

    counts: Mapping[TrainingStatus, int]

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def in_date(self) -> int:
        return self.counts[TrainingStatus.IN_DATE]

    @property
    def share(self) -> float:
        """The share of those asked who are in date, from 0 to 1."""
        return self.in_date / self.asked

    @property
    def late(self) -> int:
        return late_in(self.counts)


@dataclass(frozen=True)
class StatusLine(StatusFigures):
    """Where the people of a team stand in an assignment.

    Without a team, it was assigned to individual people. `late_before` and
    `in_date_before` are the figures of a week ago. `elsewhere` is how many of those in
    date completed it elsewhere.
    """

    team: Team | None
    assignment: Assignment
    trend: tuple[MonthShare, ...]
    late_before: int
    in_date_before: int
    elsewhere: int


@dataclass(frozen=True)
class TeamStatus(StatusFigures):
    """All that is asked of a team, with its lines: people count once per assignment."""

    team: Team | None
    lines: Sequence[StatusLine]


def status_lines(rows: QuerySet[Obligation], at: dt.datetime) -> list[StatusLine]:
    """Return a line for each team and assignment of the rows, by name.

    Lines in which nobody is asked at the moment are left out. Ten queries.
    """
    lines = [
        _line(team, assignment, pairs, at)
        for (team, assignment), pairs in _pairs_by_line(rows).items()
    ]
    asked = [line for line in lines if line.asked]
    return sorted(asked, key=_place)


def _place(line):
    team = (line.team.name, line.team.pk) if line.team else ("", 0)
    return (*team, line.assignment.title)


def _line(team, assignment, pairs, at) -> StatusLine:
    before = count_statuses(pairs, at - A_WEEK, SOON)
    counts = count_statuses(pairs, at, SOON)
    return StatusLine(
        team=team,
        assignment=assignment,
        counts={each: counts[each] for each in TrainingStatus},
        trend=_trend(pairs, at),
        late_before=late_in(before),
        in_date_before=before[TrainingStatus.IN_DATE],
        elsewhere=count_elsewhere(pairs, at),
    )


def late_in(counts: Mapping[TrainingStatus, int]) -> int:
    """Return how many are overdue or have expired."""
    return group_counts(counts)[StatusGroup.LATE]


def totals_of(lines: Iterable[StatusLine]) -> Mapping[TrainingStatus, int]:
    """Return the figures of all lines together: people count once per assignment."""
    total = sum((Counter(line.counts) for line in lines), Counter())
    return {each: total[each] for each in TrainingStatus}


def team_statuses(lines: Iterable[StatusLine]) -> list[TeamStatus]:
    """Return the teams of the lines of `status_lines`, in their order."""
    found = groupby(lines, key=lambda line: line.team)
    by_team = [(team, list(group)) for team, group in found]
    return [
        TeamStatus(counts=totals_of(group), team=team, lines=group)
        for team, group in by_team
    ]


def _pairs_by_line(rows):
    cycles, begun = cycles_of(rows), _begun(rows)
    newest = {
        (assignment, learner): team
        for assignment, learner, team in rows.order_by("cycle").values_list(
            "assignment", "learner", "team"
        )
    }
    assignments = Assignment.objects.in_bulk({pair[0] for pair in newest})
    teams = Team.objects.in_bulk({team for team in newest.values() if team})
    found = defaultdict(list)
    for pair, team in newest.items():
        assignment = assignments[pair[0]]
        begun_at = begun.get((pair[1], assignment.course_key))
        found[teams.get(team), assignment].append(Pair(cycles[pair], begun_at))
    return found


def _begun(rows) -> dict[tuple[int, uuid.UUID], dt.datetime]:
    """Return (learner, course) → when they first began a lesson of it. One query."""
    lessons = (
        LessonProgress.objects.filter(
            enrolment__learner__in=rows.order_by().values("learner"),
            enrolment__course_key__in=rows.order_by().values("assignment__course_key"),
        )
        .order_by()
        .values_list("enrolment__learner", "enrolment__course_key")
        .annotate(first=Min("started_at"))
    )
    return {(learner, key): first for learner, key, first in lessons}


def _trend(pairs, at) -> tuple[MonthShare, ...]:
    cycles = [pair.cycles for pair in pairs]
    return tuple(_month_share(cycles, moment) for moment in _ends_of_months(at))


def _month_share(cycles, moment) -> MonthShare:
    found = in_date_figures(cycles, moment)
    share = found.share if found.asked else None
    return MonthShare(timezone.localdate(moment), share)


def _ends_of_months(at: dt.datetime) -> list[dt.datetime]:
    """Return the ends of the eleven months before this one, and the moment itself."""
    first = timezone.localdate(at).replace(day=1)
    zone = timezone.get_current_timezone_name()
    days = [
        first - relativedelta(months=number, days=1)
        for number in reversed(range(TREND_MONTHS - 1))
    ]
    return [*(end_of_day(day, zone) for day in days), at]


@dataclass(frozen=True)
class NextDate:
    """A coming due date of an assignment, and how many of those asked did it already."""

    day: dt.date
    assignment: Assignment
    to_do: int
    asked: int

    @property
    def done(self) -> int:
        return self.asked - self.to_do


def next_dates(
    rows: QuerySet[Obligation], at: dt.datetime, *, most: int = 5
) -> list[NextDate]:
    """Return the next due dates of what is still to do, soonest first. Two queries."""
    to_do = Q(status__in=(Status.DUE_SOON, Status.OPEN))
    found = (
        rows.in_force()
        .with_status(at)
        .filter(to_do | Q(status=Status.DONE), effective_due_at__gte=at)
        .order_by("effective_due_at", "assignment")
        .values_list("effective_due_at", "time_zone", "assignment")
        .annotate(to_do=Count("pk", filter=to_do), asked=Count("pk"))
        .filter(to_do__gt=0)[:most]
    )
    assignments = Assignment.objects.in_bulk({pk for _due, _zone, pk, *_n in found})
    return [
        NextDate(day_in(due, zone), assignments[pk], to_do, asked)
        for due, zone, pk, to_do, asked in found
    ]
