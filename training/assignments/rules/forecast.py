"""What an assignment will bring: its next cycles, and every mail. Pure.

It follows the same rules as what really happens later, so that nobody is surprised.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from training.assignments.rules import due

# What comes only where somebody has not done it in time.
IF_LATE = ("overdue", "escalation")
# The trainers' digest leaves on Mondays.
DIGEST_WEEKDAY = 0


@dataclass(frozen=True)
class Start:
    """Where somebody stands: the cycle they are in, or will be in first.

    `renews` says that it renews what expires on its due date; `told` that the mail
    which says so is out already.
    """

    cycle: due.Cycle
    zone: str
    renews: bool = False
    told: bool = False


@dataclass(frozen=True)
class Mailing:
    """What is said when: days before the due date, days overdue, or to the manager."""

    days_before: Sequence[int] = ()
    escalate_after: int | None = None


@dataclass(frozen=True, order=True)
class Mail:
    """One mail to one person. `turn` counts cycles from the one they start with."""

    day: dt.date
    kind: str
    days: int
    turn: int

    @property
    def if_late(self) -> bool:
        """Whether it comes only where it has not been done in time."""
        return self.kind in IF_LATE


def forecast_cycles(
    timing: due.Timing, start: Start, today: dt.date, *, promptly: bool
) -> Iterator[due.Cycle]:
    """Yield the first cycle and those that follow, without end where it recurs.

    Each is done on its due date, or `promptly`: on the day it opens, the first one
    today if it is open already. Nothing is done in the past.
    """
    now = due.start_of_day(today, start.zone)
    cycle, expired = start.cycle, start.cycle.due_at if start.renews else None
    while True:
        yield cycle
        done_at = max(cycle.opens_at if promptly else cycle.due_at, now)
        expires_at = due.expiry_of(timing, done_at, expired, start.zone)
        if expires_at is None:
            return
        cycle, expired = due.next_cycle(timing, expires_at, start.zone), expires_at


def forecast_mails(
    timing: due.Timing, start: Start, mailing: Mailing, today: dt.date, until: dt.date
) -> list[Mail]:
    """Return the mails about one person from today until the day, in order.

    Later cycles are those of somebody who does each on its due date; what comes to
    those who are late stands there for each cycle too.
    """
    last = due.end_of_day(until, start.zone)
    turns = forecast_cycles(timing, start, today, promptly=False)
    due_in_time = takewhile(lambda cycle: cycle.opens_at <= last, turns)
    found = [
        mail
        for turn, cycle in enumerate(due_in_time)
        for mail in _of_cycle(cycle, turn, start, mailing, today)
    ]
    return sorted(mail for mail in found if today <= mail.day <= until)


def _of_cycle(
    cycle: due.Cycle, turn: int, start: Start, mailing: Mailing, today: dt.date
) -> Iterator[Mail]:
    if turn or not start.told:
        opening = max(due.day_in(cycle.opens_at, start.zone), today)
        yield Mail(opening, "assigned", 0, turn)
    for step in due.reminders_of(cycle, mailing.days_before, start.zone):
        yield Mail(step.day, step.kind, step.days, turn)
    if mailing.escalate_after:
        days = mailing.escalate_after
        day = due.day_in(cycle.due_at, start.zone) + dt.timedelta(days=days)
        yield Mail(day, "escalation", days, turn)


def count_mails(
    timing: due.Timing,
    starts: Iterable[Start],
    mailing: Mailing,
    today: dt.date,
    until: dt.date,
) -> list[tuple[Mail, int]]:
    """Return each mail with how many people it is about, in order of days."""
    counted: Counter[Mail] = Counter()
    for start, people in Counter(starts).items():
        for mail in forecast_mails(timing, start, mailing, today, until):
            counted[mail] += people
    return sorted(counted.items())


def digest_days(first: dt.date, until: dt.date) -> list[dt.date]:
    """Return the days of the trainers' weekly digest, from `first` on."""
    wait = (DIGEST_WEEKDAY - first.weekday()) % 7
    weeks = range((until - first).days // 7 + 1)
    days = [first + dt.timedelta(days=wait + 7 * week) for week in weeks]
    return [day for day in days if day <= until]
