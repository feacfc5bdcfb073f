"""What each assignment asks of each person, cycle by cycle, with all its dates."""

import datetime as dt
from collections import defaultdict

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from training.assignments.models import Assignment, ExceptionEntry, Obligation, Pause
from training.assignments.rules.pauses import Span
from training.reports.rules import in_date
from training.teams.models import Membership

Pair = tuple[int, int]
"""The ids of an assignment and of a learner."""


def cycles_of(rows: QuerySet[Obligation]) -> dict[Pair, list[in_date.DatedCycle]]:
    """Return the cycles of each pair in order. Six queries."""
    waivers, extensions = _exceptions(rows)
    pauses, left = _pauses(rows), _left(rows)
    found: dict[Pair, list[in_date.DatedCycle]] = defaultdict(list)
    # Rows instead of models: there are tens of thousands.
    for pk, assignment, learner, due_at, *dates, ended, elsewhere in (
        rows.order_by("cycle")
        .annotate(own_due_at=Coalesce("moved_due_at", "due_at"))
        .values_list(
            "pk",
            "assignment",
            "learner",
            "own_due_at",
            "opens_at",
            "withdrawn_at",
            "satisfied_at",
            "expires_at",
            "assignment__ended_at",
            "satisfied_elsewhere",
        )
    ):
        gone = [each for each in (left.get((assignment, learner)), ended) if each]
        cycle = in_date.DatedCycle(
            *dates,
            released_at=min(gone, default=None),
            waivers=tuple(waivers.get(pk, ())),
            pauses=tuple(pauses.get(pk, ())),
            due_at=due_at,
            extensions=tuple(extensions.get(pk, ())),
            is_elsewhere=elsewhere is not None,
        )
        found[assignment, learner].append(cycle)
    return found


def _exceptions(rows):
    """Return obligation → its waivers, and obligation → its extensions. One query."""
    kinds = ExceptionEntry.Kind
    waivers: dict[int, list[in_date.Waiver]] = defaultdict(list)
    extensions: dict[int, list[in_date.Extension]] = defaultdict(list)
    entries = ExceptionEntry.objects.filter(
        kind__in=(kinds.WAIVER, kinds.EXTENSION),
        obligation__in=rows.order_by().values("pk"),
    )
    for entry in entries:
        ends = min(
            (each for each in (entry.ends_at, entry.revoked_at) if each), default=None
        )
        if entry.kind == kinds.WAIVER:
            span = in_date.Waiver(entry.starts_at, ends)
            waivers[entry.obligation_id].append(span)
        else:
            due_at = entry.moved_due_at or entry.due_at
            extension = in_date.Extension(entry.starts_at, ends, due_at)
            extensions[entry.obligation_id].append(extension)
    return waivers, extensions


def _pauses(rows) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for pause in Pause.objects.filter(obligation__in=rows.order_by().values("pk")):
        found[pause.obligation_id].append(pause.span)
    return found


def _left(rows) -> dict[Pair, dt.datetime]:
    """Return (assignment, learner) → when they left the last of its teams, if ever.

    Individual assignments cannot be left.
    """
    given = rows.order_by().exclude(team=None)
    teams: dict[int, set[int]] = defaultdict(set)
    for assignment, team in Assignment.teams.through.objects.filter(
        assignment__in=given.values("assignment")
    ).values_list("assignment", "team"):
        teams[assignment].add(team)
    spans: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.members().filter(learner__in=given.values("learner")):
        spans[row.learner_id].append(row)
    found = {}
    for pair in set(given.values_list("assignment", "learner", "team")):
        assignment, learner, team = pair
        ends = [
            row.left_at
            for row in spans[learner]
            if row.team_id in teams[assignment] | {team}
        ]
        if ends and None not in ends:
            found[assignment, learner] = max(ends)
    return found
