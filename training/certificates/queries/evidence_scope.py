"""Whose evidence is exported, and how much of it."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Learner
from progress.rules.days import end_of_day, start_of_day
from training.assignments.models import Obligation
from training.teams.models import Membership, Team


@dataclass(frozen=True)
class EvidenceChoice:
    """Which part of the evidence: a period in days, and a standard.

    A standard is an assignment or a course. What was asked counts to a period if it
    was to be done or in date on one of its days.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    assignment: int | None = None
    course: uuid.UUID | None = None

    def as_json(self) -> dict[str, Any]:
        texts = {name: value and str(value) for name, value in asdict(self).items()}
        return texts | {"assignment": self.assignment}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "EvidenceChoice":
        since, until = (
            values[name] and dt.date.fromisoformat(values[name])
            for name in ("since", "until")
        )
        course = values["course"] and uuid.UUID(values["course"])
        return cls(since, until, values["assignment"], course)


EVERYTHING = EvidenceChoice()


@dataclass(frozen=True)
class Scope:
    """Whose evidence, and how much of it; nothing else is exported.

    Learning is limited to courses and lessons that these obligations ask for, begun by
    `until`, and the log to entries about these rows.
    """

    learners: QuerySet[Learner]
    obligations: QuerySet[Obligation]
    memberships: QuerySet[Membership]
    until: dt.datetime | None = None

    def count_lines(self) -> int:
        """Return how many lines the summary has: one for each person and assignment."""
        pairs = self.obligations.order_by().values("learner", "assignment")
        return pairs.distinct().count()


def scope_of_team(team: Team, choice: EvidenceChoice = EVERYTHING) -> Scope:
    """Return everybody who was asked for something through the team."""
    rows = chosen_obligations(team.obligations.all(), choice, team.time_zone)
    return Scope(
        Learner.objects.filter(pk__in=rows.order_by().values("learner")),
        rows,
        team.memberships.all(),
        choice.until and end_of_day(choice.until, team.time_zone),
    )


def chosen_obligations(
    rows: QuerySet[Obligation], choice: EvidenceChoice, zone: str
) -> QuerySet[Obligation]:
    """Return those of the period and the standard, with days in the zone."""
    if choice.assignment:
        rows = rows.filter(assignment=choice.assignment)
    if choice.course:
        rows = rows.filter(assignment__course_key=choice.course)
    if choice.until:
        rows = rows.filter(opens_at__lte=end_of_day(choice.until, zone))
    if choice.since:
        start = start_of_day(choice.since, zone)
        never_done = Q(satisfied_at=None, withdrawn_at__lt=start)
        # A comparison with nothing is neither true nor false, so it is said.
        over = Q(expires_at__isnull=False, expires_at__lt=start)
        rows = rows.exclude(never_done).exclude(over)
    return rows
