"""What people completed elsewhere, and what it counts for. Reads only."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from training.assignments.models import CompletionElsewhere, Obligation
from training.assignments.queries.contents import titles_of
from training.assignments.queries.personal_record import with_proofs
from training.assignments.rules.elsewhere import (
    CompletedElsewhere,
    CompletionEffect,
    ElsewhereVerdict,
    judge_completion,
)
from training.assignments.rules.satisfaction import Requirement


def completions_by_learner(
    learners: Collection[int], course_key: uuid.UUID
) -> dict[int, list[CompletedElsewhere]]:
    """Return learner id → completions elsewhere of the course, in one query."""
    rows = CompletionElsewhere.objects.in_force().filter(
        learner__in=learners, course_key=course_key
    )
    found: dict[int, list[CompletedElsewhere]] = defaultdict(list)
    for learner, *fields in rows.values_list("learner", "pk", "done_on", "recorded_at"):
        found[learner].append(CompletedElsewhere(*fields))
    return found


def effects_of(completion: CompletionElsewhere) -> list[CompletionEffect]:
    """Return what the completion does for all that its person is asked. One query."""
    rows = (
        Obligation.objects.in_force()
        .newest_cycle()
        .filter(
            learner=completion.learner_id, assignment__course_key=completion.course_key
        )
    )
    named = rows.select_related("assignment").order_by("assignment__title", "pk")
    return [
        CompletionEffect(row.assignment.title, verdict_on(row, completion))
        for row in named
    ]


def verdict_on(
    row: Obligation, completion: CompletionElsewhere
) -> ElsewhereVerdict | None:
    """Return whether the completion counts for it; None if it was done otherwise."""
    if row.satisfied_at:
        is_by_it = row.satisfied_elsewhere_id == completion.pk
        return ElsewhereVerdict.COUNTS if is_by_it else None
    return judge_completion(
        Requirement.from_json(row.requirement),
        CompletedElsewhere(completion.pk, completion.done_on, completion.recorded_at),
        row.opens_at,
        row.time_zone,
    )


@dataclass(frozen=True)
class CompletionLine:
    """A completion elsewhere as pages show it.

    `counts_for` are the titles of the assignments that were done by it; `can_revoke`
    says whether the reader may revoke it.
    """

    row: CompletionElsewhere
    course: str
    counts_for: tuple[str, ...]
    can_revoke: bool = False

    @property
    def proof_name(self) -> str:
        """The name of the attached file, or an empty text."""
        proof = getattr(self.row, "proof", None)
        return proof.name if proof else ""


def completion_lines(
    rows: QuerySet[CompletionElsewhere], revocable: Iterable[int] = ()
) -> list[CompletionLine]:
    """Return the completions as lines, newest first, in three queries.

    `revocable` are the keys of those that the reader may revoke.
    """
    named = with_proofs(rows).prefetch_related("obligations__assignment")
    found = list(named.order_by("-done_on", "-pk"))
    titles = titles_of({row.course_key for row in found})
    may_revoke = set(revocable)
    return [
        CompletionLine(
            row=row,
            course=titles.get(str(row.course_key), ""),
            counts_for=tuple(
                dict.fromkeys(each.assignment.title for each in row.obligations.all())
            ),
            can_revoke=row.pk in may_revoke and row.revoked_at is None,
        )
        for row in found
    ]
