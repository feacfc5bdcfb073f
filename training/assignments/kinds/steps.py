"""Kinds of mail whose days follow from an assignment, so they can be forecast."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.text import capfirst

from mail.kinds import registered_kinds
from training.assignments.rules.forecast import ForecastRules
from training.assignments.rules.reminder_steps import (
    ReminderPlan,
    ReminderStep,
    StepRule,
)


class ForetoldMail:
    """A kind that knows on which days of a cycle it is sent, for planner and forecast.

    Those in the ladder go to the person who has to do it; the newest day counts.
    """

    label: ClassVar[str | Promise]
    in_ladder: ClassVar[bool] = True

    def steps(self, plan: ReminderPlan) -> Iterable[ReminderStep]:
        """Return its days in the cycle."""
        raise NotImplementedError

    def step_in_words(self, days: int) -> str:
        """Return what is sent this many days from the due date, for the forecast."""
        return capfirst(str(self.label))


def foretold_kinds() -> list[ForetoldMail]:
    """Return the registered kinds that can be forecast."""
    return [kind for kind in registered_kinds() if isinstance(kind, ForetoldMail)]


def ladder_rules() -> tuple[StepRule, ...]:
    """Return the rules of all reminders to the person who has to do it."""
    return tuple(kind.steps for kind in foretold_kinds() if kind.in_ladder)


def forecast_rules() -> ForecastRules:
    """Return the rules of everything that can be forecast."""
    beside = tuple(kind.steps for kind in foretold_kinds() if not kind.in_ladder)
    return ForecastRules(ladder_rules(), beside)
