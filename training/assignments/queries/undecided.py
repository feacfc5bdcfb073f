"""Assignments without any live lesson, about which somebody has to decide.

A pause caused by a paused quiz ends once its lesson is reviewed. If none of the lessons
are live, the pause only ends when the lessons go live again or the assignment is
changed or ended. Reads only.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from training.assignments.models import Assignment, Obligation, Pause, Status
from training.assignments.queries.contents import live_lessons_of
from training.assignments.rules.pauses import Span, join_spans
from training.assignments.rules.satisfaction import Requirement, required_lessons


@dataclass(frozen=True)
class Undecided:
    """An assignment in force without any live lesson."""

    assignment: Assignment
    since: dt.datetime
    people: int


def undecided_assignments(
    obligations: QuerySet[Obligation], at: dt.datetime
) -> list[Undecided]:
    """Return the assignments that need a decision, by title.

    One query if nothing is paused, otherwise five for any number of assignments.
    """
    people = _people(obligations, at)
    if not people:
        return []
    since = _since(people, at)
    rules = Assignment.objects.filter(pk__in=people).order_by("title", "pk")
    return [
        Undecided(rule, since[rule.pk], people[rule.pk])
        for rule in rules
        if rule.pk in since
    ]


def _people(obligations, at) -> Counter[int]:
    """Return assignment id → how many people wait for lessons that are not live."""
    waiting = obligations.unsatisfied().filter(assignment__ended_at=None)
    rows = (
        waiting.with_status(at)
        .filter(status=Status.PAUSED)
        .order_by()
        .values_list("assignment", "assignment__course_key", "requirement")
        .annotate(people=Count("pk"))
    )
    found = list(rows)
    live = (
        live_lessons_of({course for _rule, course, *_asked in found}) if found else {}
    )
    people: Counter[int] = Counter()
    for rule, course, requirement, number in found:
        asked = Requirement.from_json(requirement)
        if not required_lessons(asked, live.get(course, {})):
            people[rule] += number
    return people


def _since(rules: Collection[int], at: dt.datetime) -> dict[int, dt.datetime]:
    """Return assignment id → since when people have continuously been unable to do it.

    Those who were asked first may have left since; their pauses count too.
    """
    rows = Pause.objects.filter(obligation__assignment__in=rules)
    spans: dict[int, list[Span]] = defaultdict(list)
    for rule, *ends in rows.values_list(
        "obligation__assignment", "starts_at", "ends_at"
    ).distinct():
        spans[rule].append(Span(*ends))
    return {
        rule: span.starts_at
        for rule, found in spans.items()
        for span in join_spans(found)
        if span.covers(at)
    }
