"""The forecast of an assignment: its next cycles and every message. Pure.

It uses the same rules as the real thing, so that there are no surprises.
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
    ReminderStep,
    StepRule,
    reminder_ladder,
)


@dataclass(frozen=True)
class Start:
    """Where somebody starts: their current cycle, or their first one.

    `renews` says that it renews a cycle that expires on its due date; `notified_on` is
    when the message about it was sent, if it was.
    """

    cycle: due.Cycle
    zone: str
    renews: bool = False
    notified_on: dt.date | None = None


@dataclass(frozen=True)
class ForecastRules:
    """The days of each kind of mail, in the ladder and besides it."""

    ladder: tuple[StepRule, ...]
    beside: tuple[StepRule, ...] = ()


@dataclass(frozen=True, order=True)
class ForecastMail:
    """One message to one person. `turn` counts cycles from the starting one.

    With `if_late`, it is only sent if it has not been done in time.
    """

    day: dt.date
    kind: str
    days: int
    turn: int
    if_late: bool = False


def forecast_cycles(
    timing: due.Timing, start: Start, today: dt.date, *, promptly: bool
) -> Iterator[due.Cycle]:
    """Yield the first cycle and those that follow, endlessly if it recurs.

    Each is done on its due date, or `promptly` on the day it opens; the first one today
    if it is already open. Nothing is done in the past.
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
    """What a rule will send from today until a given day."""

    timing: due.Timing
    mailing: Mailing
    rules: ForecastRules
    today: dt.date
    until: dt.date

    def mails(self, start: Start) -> list[ForecastMail]:
        """Return the messages about one person, in order.

        Later cycles assume that each is done on its due date; messages to people who
        are late are also listed for each cycle.
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
            *self._ladder(plan),
            *(step for rule in self.rules.beside for step in rule(plan)),
        ]:
            if not (step.is_first and notified_on):
                days = 0 if step.is_first else step.days
                yield ForecastMail(step.day, step.kind, days, turn, step.if_late)

    def _ladder(self, plan: ReminderPlan) -> list[ReminderStep]:
        """Return the reminders; of those that are repeated, only the next one."""
        return [
            step
            for step in reminder_ladder(plan, self.rules.ladder, self.until)
            if not (
                step.is_repeat and step.day - self.today >= dt.timedelta(step.every)
            )
        ]

    def count_mails(self, starts: Iterable[Start]) -> list[tuple[ForecastMail, int]]:
        """Return each message with the number of people concerned, by day."""
        counted: Counter[ForecastMail] = Counter()
        for start, people in Counter(starts).items():
            for mail in self.mails(start):
                counted[mail] += people
        return sorted(counted.items())
