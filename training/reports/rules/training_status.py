"""Where each person stands at a given moment, in figures that add up. Pure.

Everybody who is asked has exactly one status, so the figures of a line add up to the
people asked. `in_date` says who is asked and who is in date; the reports ask it too.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.reports.rules.in_date import DatedCycle, is_in_date_elsewhere


class TrainingStatus(StrEnum):
    """The statuses in the order in which they are shown."""

    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    PAUSED = "paused"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"


class StatusGroup(StrEnum):
    """What a bar and its columns tell apart, in order."""

    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    LATE = "late"
    LATER = "later"


GROUPS = {
    TrainingStatus.IN_DATE: StatusGroup.IN_DATE,
    TrainingStatus.DUE_SOON: StatusGroup.DUE_SOON,
    TrainingStatus.OVERDUE: StatusGroup.LATE,
    TrainingStatus.EXPIRED: StatusGroup.LATE,
    TrainingStatus.PAUSED: StatusGroup.LATER,
    TrainingStatus.IN_PROGRESS: StatusGroup.LATER,
    TrainingStatus.NOT_STARTED: StatusGroup.LATER,
}


def group_counts(counts: Mapping[TrainingStatus, int]) -> dict[StatusGroup, int]:
    """Return the same people in the four groups, which add up to them as well."""
    total = dict.fromkeys(StatusGroup, 0)
    for status, count in counts.items():
        total[GROUPS[status]] += count
    return total


@dataclass(frozen=True)
class Pair:
    """What an assignment asks of one person, cycle by cycle in order.

    `begun_at` is when they first began a lesson of its course, if ever.
    """

    cycles: Sequence[DatedCycle]
    begun_at: dt.datetime | None


def training_status_of(
    pair: Pair, moment: dt.datetime, soon: dt.timedelta
) -> TrainingStatus | None:
    """Return the status at the moment; None if the person was not asked then.

    In date counts before everything else, also while a renewal is due: nobody whose
    training is valid needs help. Paused training is never overdue. Whoever finished once
    and is no longer in date has expired, however long the new cycle has been due.
    """
    opened = [cycle for cycle in pair.cycles if cycle.opens_at <= moment]
    if not opened or not opened[-1].is_asked(moment):
        return None
    if any(cycle.is_in_date(moment) for cycle in opened):
        return TrainingStatus.IN_DATE
    if opened[-1].is_paused(moment):
        return TrainingStatus.PAUSED
    if any(cycle.is_finished(moment) for cycle in opened):
        return TrainingStatus.EXPIRED
    return _unfinished(pair, opened[-1].due_on(moment), moment, soon)


def _unfinished(
    pair: Pair, due_at: dt.datetime, moment: dt.datetime, soon: dt.timedelta
) -> TrainingStatus:
    if due_at < moment:
        return TrainingStatus.OVERDUE
    if due_at < moment + soon:
        return TrainingStatus.DUE_SOON
    if pair.begun_at and pair.begun_at <= moment:
        return TrainingStatus.IN_PROGRESS
    return TrainingStatus.NOT_STARTED


def count_statuses(
    pairs: Iterable[Pair], moment: dt.datetime, soon: dt.timedelta
) -> Counter[TrainingStatus]:
    """Return how many people have each status at the moment."""
    found = (training_status_of(pair, moment, soon) for pair in pairs)
    return Counter(each for each in found if each)


def count_elsewhere(pairs: Iterable[Pair], moment: dt.datetime) -> int:
    """Return how many of those in date are so by what they completed elsewhere."""
    return sum(_is_elsewhere(pair, moment) for pair in pairs)


def _is_elsewhere(pair: Pair, moment: dt.datetime) -> bool:
    opened = [cycle for cycle in pair.cycles if cycle.opens_at <= moment]
    is_asked = bool(opened) and opened[-1].is_asked(moment)
    return is_asked and is_in_date_elsewhere(opened, moment)
