"""Summaries of assignments: who was asked, and how many have done it."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from accounts.models import Learner, User
from training.assignments.access import assignments_seen_by, obligations_seen_by
from training.assignments.models import TO_DO, Assignment, Obligation, Status
from training.assignments.queries.contents import titles_of
from training.assignments.wording import assignments
from training.teams.access import learners_seen_by, teams_seen_by
from training.teams.models import Team


@dataclass(frozen=True)
class AssignmentSummary:
    """How many people have each status in their newest cycle, and are in date.

    People renewing are in date until the previous cycle expires, with the new one to
    do.
    """

    counts: Counter[str]
    in_date: int = 0

    @property
    def to_do(self) -> int:
        """The number who still have to do it, including those overdue."""
        return sum(self.counts[status] for status in TO_DO)

    @property
    def overdue(self) -> int:
        return self.counts[Status.OVERDUE]

    @property
    def paused(self) -> int:
        return self.counts[Status.PAUSED]

    @property
    def done(self) -> int:
        return self.counts[Status.DONE]

    @property
    def lines(self) -> list[tuple[Status, int]]:
        """Every status in use, with the number of people who have it."""
        return [(each, self.counts[each]) for each in Status if self.counts[each]]


def summaries_of(
    assignments: Collection[Assignment], user: User, at: dt.datetime
) -> dict[int, AssignmentSummary]:
    """Return assignment id → summary of the people the user can see. Two queries."""
    seen = obligations_seen_by(user).filter(
        assignment__in=[each.pk for each in assignments]
    )
    rows = (
        seen.newest_cycle()
        .with_status(at)
        .values("assignment", "status")
        .annotate(people=Count("pk"))
        .order_by()
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["assignment"]][row["status"]] += row["people"]
    in_date = dict(
        seen.in_force()
        .with_status(at)
        .filter(status=Status.DONE)
        .order_by()
        .values_list("assignment")
        .annotate(people=Count("learner", distinct=True))
    )
    return {
        each.pk: AssignmentSummary(counts[each.pk], in_date.get(each.pk, 0))
        for each in assignments
    }


def seen_with_audience(user: User) -> QuerySet[Assignment]:
    """Assignments the user can see, with `teams_shown` and `people_shown`.

    These contain only the teams and people that the user can see.
    """
    people = learners_seen_by(user).select_related("user")
    return assignments_seen_by(user).prefetch_related(
        Prefetch("teams", teams_seen_by(user), to_attr="teams_shown"),
        Prefetch("people", people, to_attr="people_shown"),
    )


def people_of(
    assignment: Assignment, user: User, at: dt.datetime
) -> QuerySet[Obligation]:
    """Return the newest cycles of people the user can see, most urgent first."""
    rows = obligations_seen_by(user).filter(assignment=assignment).newest_cycle()
    return (
        rows.with_status(at)
        .select_related("learner__user", "team")
        .order_by("satisfied_at", "effective_due_at", "pk")
    )


def saved_rule(assignment: Assignment) -> list[assignments.Line]:
    """Return the rule of an assignment from `seen_with_audience`, line by line."""
    return rule_in_words(assignment, assignment.teams_shown, assignment.people_shown)


def rule_in_words(
    rule: Assignment, teams: Iterable[Team], people: Iterable[Learner]
) -> list[assignments.Line]:
    """Return the rule, saved or not, line by line. One query."""
    keys: list[uuid.UUID | str] = [rule.course_key, *rule.lesson_keys]
    return assignments.rule_in_words(
        rule, who=assignments.to_whom(teams, people), titles=titles_of(keys)
    )
