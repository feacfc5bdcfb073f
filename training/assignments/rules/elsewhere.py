"""Whether what somebody completed elsewhere counts, and since when. Pure."""

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from progress.rules.days import end_of_day
from training.assignments.rules.satisfaction import Requirement


@dataclass(frozen=True)
class CompletedElsewhere:
    """A completion that is not revoked: its key, its day, and when it was recorded."""

    pk: int
    day: dt.date
    recorded_at: dt.datetime

    def done_at(self, zone: str) -> dt.datetime:
        """Return the end of its day, or when it was recorded if that is earlier."""
        return min(end_of_day(self.day, zone), self.recorded_at)


class ElsewhereVerdict(enum.Enum):
    """Whether a completion counts for an obligation, or why not."""

    COUNTS = "counts"
    NOT_ACCEPTED = "not_accepted"
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class CompletionEffect:
    """What a completion does for the newest cycle of an assignment.

    None as the verdict: it was already done otherwise.
    """

    assignment: str
    verdict: ElsewhereVerdict | None


def judge_completion(
    requirement: Requirement,
    completion: CompletedElsewhere,
    opens_at: dt.datetime,
    zone: str,
) -> ElsewhereVerdict:
    """Return whether the assignment accepts the completion, and its date."""
    if not requirement.elsewhere_counts:
        return ElsewhereVerdict.NOT_ACCEPTED
    is_early = completion.done_at(zone) < opens_at
    if is_early and not requirement.prior_counts:
        return ElsewhereVerdict.TOO_EARLY
    return ElsewhereVerdict.COUNTS


def find_completion(
    requirement: Requirement,
    completions: Iterable[CompletedElsewhere],
    opens_at: dt.datetime,
    zone: str,
) -> tuple[dt.datetime, int] | None:
    """Return when it was done elsewhere and the key of that completion, or None.

    The first one since it opened counts; of earlier ones, the last, which is valid for
    longest.
    """
    counted = sorted(
        (each.done_at(zone), each.pk)
        for each in completions
        if judge_completion(requirement, each, opens_at, zone)
        is ElsewhereVerdict.COUNTS
    )
    since = [found for found in counted if found[0] >= opens_at]
    return next(iter([*since, *reversed(counted)]), None)
