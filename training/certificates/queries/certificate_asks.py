"""What assignments required of a certificate's course, and how long it counts.

A certificate is a record of the course's own rule and never changes. This is shown next
to it and worked out from obligations whenever somebody looks.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from progress.models import Certificate
from training.assignments.models import TO_DO, Obligation, Status
from training.assignments.rules import due


@dataclass(frozen=True)
class Ask:
    """An obligation that a certificate proves, or would have to prove."""

    obligation: Obligation

    @property
    def is_met(self) -> bool:
        return self.obligation.satisfied_at is not None

    @property
    def has_run_out(self) -> bool:
        return self.obligation.status == Status.EXPIRED

    @property
    def until_day(self) -> dt.date | None:
        """The last day on which it counts, in the obligation's own time zone."""
        row = self.obligation
        return row.expires_at and due.day_in(row.expires_at, row.time_zone)

    @property
    def met_day(self) -> dt.date:
        return due.day_in(self.obligation.satisfied_at, self.obligation.time_zone)


def asks_of(
    certificates: Collection[Certificate], at: dt.datetime
) -> dict[int, tuple[Ask, ...]]:
    """Return certificate id → what assignments required, in one query.

    Rows come with `enrolment`. Unmet requirements are included if the certificate was
    issued while they applied: then the course was passed, but not as the assignment
    required.
    """
    enrolments = [row.enrolment for row in certificates]
    met = Q(satisfied_by__in=[row.pk for row in enrolments])
    open_ones = Q(
        satisfied_at=None,
        learner__in={row.learner_id for row in enrolments},
        assignment__course_key__in={row.course_key for row in enrolments},
    )
    rows = Obligation.objects.in_force().filter(met | open_ones).with_status(at)
    named = rows.select_related("assignment").order_by("assignment", "cycle")
    by_learning = defaultdict(list)
    for row in named if enrolments else ():
        by_learning[_learning_of(row)].append(row)
    return {row.pk: tuple(map(Ask, _about(row, by_learning))) for row in certificates}


def _learning_of(row) -> int | tuple:
    return row.satisfied_by_id or (row.learner_id, row.assignment.course_key)


def _about(certificate, by_learning) -> Iterable[Obligation]:
    """Yield the newest cycle of each assignment that the certificate's learning met.

    After those, the ones it could have met but did not.
    """
    enrolment = certificate.enrolment
    met = {row.assignment_id: row for row in by_learning[enrolment.pk]}
    yield from met.values()
    for row in by_learning[enrolment.learner_id, enrolment.course_key]:
        asked_then = row.opens_at <= certificate.issued_at
        if asked_then and row.status in TO_DO and row.assignment_id not in met:
            yield row


def counts_until(asks: Iterable[Ask]) -> Ask | None:
    """Return the met one valid longest; None if one never expires or none is met."""
    met = [each for each in asks if each.is_met]
    if not met or any(each.obligation.expires_at is None for each in met):
        return None
    return max(met, key=lambda each: each.obligation.expires_at)
