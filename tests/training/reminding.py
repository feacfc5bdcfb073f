"""Reminders of a cycle, as pure rules give them, without rows."""

from training.assignments.kinds.steps import ladder_rules
from training.assignments.rules.reminder_steps import (
    Mailing,
    ReminderPlan,
    reminder_ladder,
    steps_now,
)


def a_plan(cycle, zone, days_before=(), concerns_from=None, **mailing):
    return ReminderPlan(
        cycle,
        zone,
        Mailing(tuple(days_before), **mailing),
        concerns_from or cycle.opens_at,
    )


def ladder_of(*arguments, **options):
    """Return the whole ladder of a cycle, without what is repeated."""
    plan = a_plan(*arguments, **options)
    return reminder_ladder(plan, ladder_rules(), plan.due)


def reminded_on(at, *arguments, **options):
    """Return what is sent at the moment."""
    return steps_now(a_plan(*arguments, **options), ladder_rules(), at)
