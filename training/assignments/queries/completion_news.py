"""What a recorded or revoked completion elsewhere means for its person. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from training.assignments.models import CompletionElsewhere, Obligation
from training.assignments.queries.completions import verdict_on
from training.assignments.queries.contents import titles_of
from training.assignments.rules.elsewhere import ElsewhereVerdict


@dataclass(frozen=True)
class AskedCycle:
    """The newest cycle that asks for a course, with its status at a moment.

    `verdict` says whether the completion counts for it; None if it was done otherwise.
    """

    row: Obligation
    verdict: ElsewhereVerdict | None


@dataclass(frozen=True)
class CompletionNews:
    """A completion, the title of its course, and what its person is asked of it."""

    completion: CompletionElsewhere
    course: str
    asked: Sequence[AskedCycle]


def completion_news(
    completions: QuerySet[CompletionElsewhere], at: dt.datetime
) -> list[CompletionNews]:
    """Return the news of each completion, in the order of days; three queries."""
    named = completions.select_related("recorded_by", "revoked_by", "learner", "team")
    rows = list(named.order_by("done_on", "pk"))
    if not rows:
        return []
    titles = titles_of({row.course_key for row in rows})
    asked = _asked(rows, at)
    return [
        CompletionNews(
            row,
            titles.get(str(row.course_key), ""),
            [
                AskedCycle(cycle, verdict_on(cycle, row))
                for cycle in asked[row.learner_id, row.course_key]
            ],
        )
        for row in rows
    ]


def _asked(
    completions: Sequence[CompletionElsewhere], at: dt.datetime
) -> Mapping[tuple[int, uuid.UUID], list[Obligation]]:
    """Return (learner, course) → the newest cycle of each assignment that is asked."""
    rows = Obligation.objects.in_force().newest_cycle().with_status(at)
    theirs = rows.filter(
        learner__in={row.learner_id for row in completions},
        assignment__course_key__in={row.course_key for row in completions},
    )
    found: dict[tuple[int, uuid.UUID], list[Obligation]] = defaultdict(list)
    for row in theirs.select_related("assignment").order_by("assignment__title", "pk"):
        found[row.learner_id, row.assignment.course_key].append(row)
    return found
