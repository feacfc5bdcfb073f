"""What an assignment will bring: its next cycles, and every mail. Pure.

It follows the same rules as what really happens later, so that nobody is surprised.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from training.assignments.rules import due
from training.assignments.rules.reminder_steps import (
    Mailing,
    ReminderPlan,
    StepRule,
    reminder_ladder,
)

# The trainers' digest leaves on Mondays.
DIGEST_WEEKDAY = 0


@dataclass(frozen=True)
class Start:
    """Where somebody stands: the cycle they are in, or will be in first.

    `renews` says that it renews what expires on its due date; `notified_on` when the mail
    that says so went out, if it did.
    """

    cycle: due.Cycle
    zone: str
    renews: bool = False
    notified_on: dt.date | None = None


@dataclass(frozen=True)
class ForecastRules:
    """The days of each kind of mail: of the ladder, and of what comes beside it."""

    ladder: tuple[StepRule, ...]
    beside: tuple[StepRule, ...] = ()


@dataclass(frozen=True, order=True)
class ForecastMail:
    """One mail to one person. `turn` counts cycles from the one they start with.

    With `if_late` it comes only where it has not been done in time.
    """

    day: dt.date
    kind: str
    days: int
    turn: int
    if_late: bool = False


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


@dataclass(frozen=True)
class Forecast:
    """What will be sent from today until the day, by a rule and what it says of mail."""

    timing: due.Timing
    mailing: Mailing
    rules: ForecastRules
    today: dt.date
    until: dt.date

    def mails(self, start: Start) -> list[ForecastMail]:
        """Return the mails about one person, in order.

        Later cycles are those of somebody who does each on its due date; what comes to
        those who are late stands there for each cycle too.
        """
        last = due.end_of_day(self.until, start.zone)
        turns = forecast_cycles(self.timing, start, self.today, promptly=False)
        due_in_time = takewhile(lambda cycle: cycle.opens_at <= last, turns)
        found = [
            mail
            for turn, cycle in enumerate(due_in_time)
            for mail in self._of_cycle(cycle, turn, start)
        ]
        return sorted(mail for mail in found if self.today <= mail.day <= self.until)

    def _of_cycle(
        self, cycle: due.Cycle, turn: int, start: Start
    ) -> Iterator[ForecastMail]:
        notified_on = None if turn else start.notified_on
        since = due.start_of_day(notified_on or self.today, start.zone)
        plan = ReminderPlan(cycle, start.zone, self.mailing, since)
        for step in [
            *reminder_ladder(plan, self.rules.ladder),
            *(step for rule in self.rules.beside for step in rule(plan)),
        ]:
            if not (step.is_first and notified_on):
                days = 0 if step.is_first else step.days
                yield ForecastMail(step.day, step.kind, days, turn, step.if_late)

    def count_mails(self, starts: Iterable[Start]) -> list[tuple[ForecastMail, int]]:
        """Return each mail with how many people it is about, in order of days."""
        counted: Counter[ForecastMail] = Counter()
        for start, people in Counter(starts).items():
            for mail in self.mails(start):
                counted[mail] += people
        return sorted(counted.items())


def digest_days(first: dt.date, until: dt.date) -> list[dt.date]:
    """Return the days of the trainers' weekly digest, from `first` on."""
    wait = (DIGEST_WEEKDAY - first.weekday()) % 7
    weeks = range((until - first).days // 7 + 1)
    days = [first + dt.timedelta(days=wait + 7 * week) for week in weeks]
    return [day for day in days if day <= until]
