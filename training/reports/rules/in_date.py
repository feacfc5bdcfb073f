"""Who was asked, in date and had ever finished, at any given moment. Pure.

The single word “done” would confuse these three: expired training was finished once but
is not in date; training in its renewal window is in date but not yet renewed.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass

from training.assignments.rules.pauses import Span


@dataclass(frozen=True)
class Waiver:
    """The start and end of a waiver; an end of None means no end."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None

    def covers(self, moment: dt.datetime) -> bool:
        return self.starts_at <= moment and not _is_over(self.ends_at, moment)


@dataclass(frozen=True)
class Extension(Waiver):
    """A later due date, in force like a waiver from its start to its end."""

    due_at: dt.datetime


@dataclass(frozen=True)
class DatedCycle:
    """One cycle of an assignment for one person, with all its dates.

    `released_at` is when they left its teams, or the assignment ended. `due_at` counts
    paused days but no extensions. `is_elsewhere` says that it was done elsewhere.
    """

    opens_at: dt.datetime
    withdrawn_at: dt.datetime | None
    satisfied_at: dt.datetime | None
    expires_at: dt.datetime | None
    released_at: dt.datetime | None = None
    waivers: tuple[Waiver, ...] = ()
    pauses: tuple[Span, ...] = ()
    _: KW_ONLY
    due_at: dt.datetime
    extensions: tuple[Extension, ...] = ()
    is_elsewhere: bool = False

    def due_on(self, moment: dt.datetime) -> dt.datetime:
        """Return the due date with the extensions in force at the moment."""
        extended = (each.due_at for each in self.extensions if each.covers(moment))
        return max([self.due_at, *extended])

    def is_asked(self, moment: dt.datetime) -> bool:
        """Return whether the person is asked at the moment, done or not."""
        if _is_over(self.released_at, moment):
            return False
        if self.is_finished(moment):
            return True
        is_waived = any(each.covers(moment) for each in self.waivers)
        return not is_waived and not _is_over(self.withdrawn_at, moment)

    def is_finished(self, moment: dt.datetime) -> bool:
        return self.satisfied_at is not None and self.satisfied_at <= moment

    def is_paused(self, moment: dt.datetime) -> bool:
        """Return whether it was still to be done but could not be."""
        running = any(each.covers(moment) for each in self.pauses)
        return running and not self.is_finished(moment)

    def is_in_date(self, moment: dt.datetime) -> bool:
        """Return whether it was finished and is still valid; the last second counts."""
        ends = self.expires_at
        return self.is_finished(moment) and (ends is None or moment <= ends)


@dataclass(frozen=True)
class Figures:
    """How many people were asked at a moment, and were in date and had ever finished.

    `paused` are people not in date who could not do it because a quiz was paused;
    `elsewhere` are people in date by what they completed elsewhere alone. People are
    counted once per assignment.
    """

    asked: int
    in_date: int
    ever_finished: int
    paused: int = 0
    elsewhere: int = 0

    @property
    def share(self) -> float:
        """The share of those asked who were in date, from 0 to 1."""
        return self.in_date / self.asked if self.asked else 0.0


def in_date_figures(
    pairs: Iterable[Sequence[DatedCycle]], moment: dt.datetime
) -> Figures:
    """Return the figures at the moment.

    A pair is what an assignment asks of one person, cycle by cycle in order. It counts
    as asked if the newest cycle that had opened by then was asked.
    """
    asked = in_date = finished = paused = elsewhere = 0
    for cycles in pairs:
        opened = [cycle for cycle in cycles if cycle.opens_at <= moment]
        if opened and opened[-1].is_asked(moment):
            asked += 1
            holds = any(cycle.is_in_date(moment) for cycle in opened)
            in_date += holds
            finished += any(cycle.is_finished(moment) for cycle in opened)
            paused += not holds and opened[-1].is_paused(moment)
            elsewhere += is_in_date_elsewhere(opened, moment)
    return Figures(asked, in_date, finished, paused, elsewhere)


def is_in_date_elsewhere(cycles: Iterable[DatedCycle], moment: dt.datetime) -> bool:
    """Return whether all that is in date of these cycles was done elsewhere."""
    valid = [cycle for cycle in cycles if cycle.is_in_date(moment)]
    return bool(valid) and all(cycle.is_elsewhere for cycle in valid)


def _is_over(ends_at: dt.datetime | None, moment: dt.datetime) -> bool:
    return ends_at is not None and ends_at <= moment
