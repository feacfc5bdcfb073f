"""The days on which somebody is reminded. Pure rules over days.

Each kind of mail defines its own days (`StepRule`); this module combines them into one
ladder, used by planner, sender and forecast alike.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from progress.rules.days import day_in
from training.assignments.rules.due import STALE_DAYS, Cycle

# A step that gives way is left out if another reminder is at most this close.
CLOSE_DAYS = 3


@dataclass(frozen=True)
class Mailing:
    """An assignment's mail settings: days before the due date, and days overdue."""

    days_before: Sequence[int] = ()
    escalate_after: int | None = None
    half_way: bool = False


@dataclass(frozen=True)
class ReminderPlan:
    """What the days of reminders depend on.

    `concerns_from` is when it began to concern the person: nothing is sent for earlier
    days, and on that day they get the message that it was assigned.
    """

    cycle: Cycle
    zone: str
    mailing: Mailing
    concerns_from: dt.datetime

    @property
    def first(self) -> dt.date:
        """The day it began to concern the person, or opened if that is later."""
        return day_in(max(self.cycle.opens_at, self.concerns_from), self.zone)

    @property
    def due(self) -> dt.date:
        return day_in(self.cycle.due_at, self.zone)


@dataclass(frozen=True)
class ReminderStep:
    """A message on a day: `days` is the distance from the due date.

    With `every`, it is sent again each time as many days have passed, without an end.
    """

    kind: str
    day: dt.date
    days: int
    if_late: bool = False
    is_first: bool = False
    yields_to: bool = False
    every: int = 0
    is_repeat: bool = False

    def repeated(self, until: dt.date) -> Iterator["ReminderStep"]:
        """Yield it, and its repetitions up to this day, if it has any."""
        yield self
        if not self.every:
            return
        for days in range(self.every, (until - self.day).days + 1, self.every):
            day = self.day + dt.timedelta(days=days)
            yield replace(self, day=day, days=self.days + days, is_repeat=True)


StepRule = Callable[[ReminderPlan], Iterable[ReminderStep]]


def reminder_ladder(
    plan: ReminderPlan, rules: Iterable[StepRule], until: dt.date
) -> list[ReminderStep]:
    """Return the reminders of a cycle, in order of days; repetitions up to `until`.

    Only the first comes on the first day or earlier. Those that give way are left out
    if another is close.
    """
    steps = [
        step
        for rule in rules
        for each in rule(plan)
        for step in each.repeated(until)
        if step.is_first or step.day > plan.first
    ]
    firm = [step.day for step in steps if not step.yields_to]
    kept = [step for step in steps if not (step.yields_to and _is_close(step, firm))]
    return sorted(kept, key=lambda step: step.day)


def _is_close(step: ReminderStep, days: Iterable[dt.date]) -> bool:
    return any(abs((step.day - day).days) <= CLOSE_DAYS for day in days)


# Thousands of people may share a cycle.
@lru_cache(maxsize=4096)
def steps_now(
    plan: ReminderPlan,
    rules: tuple[StepRule, ...],
    at: dt.datetime,
    after: dt.date | None = None,
) -> tuple[ReminderStep, ...]:
    """Return the reminders of the newest day reached, if any.

    Several kinds may fall on the same day, and all of them are returned. After an
    outage, only the newest day counts, and nothing long past. Days up to `after`, when
    something newer was sent, are also left out.
    """
    today = day_in(at, plan.zone)
    passed = [step for step in reminder_ladder(plan, rules, today) if step.day <= today]
    if not passed:
        return ()
    newest = passed[-1].day
    if (today - newest).days > STALE_DAYS or (after and newest <= after):
        return ()
    return tuple(step for step in passed if step.day == newest)
