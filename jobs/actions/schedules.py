"""Keeping the engine's schedules as the register says. Safe to call again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule

from jobs.actions.recurring import LONGEST
from jobs.engine import RUN_RECURRING
from jobs.models import RecurringRun
from jobs.register import RecurringWork, recurring_work


@transaction.atomic
def keep_schedules(*, at: dt.datetime) -> None:
    """Make the engine's schedules those of the register: one for each, and no other."""
    works = recurring_work()
    _list_works([work.command for work in works], at)
    Schedule.objects.exclude(name__in=[work.command for work in works]).delete()
    for work in works:
        _keep_schedule(work, at)


def _list_works(commands, at):
    rows = [RecurringRun(command=command, listed_at=at) for command in commands]
    RecurringRun.objects.bulk_create(rows, ignore_conflicts=True)
    # Two workers that start at once wait for each other here.
    list(RecurringRun.objects.select_for_update().order_by("pk"))
    RecurringRun.objects.exclude(command__in=commands).delete()
    RecurringRun.objects.update(listed_at=at)


def _keep_schedule(work, at):
    kept, *others = Schedule.objects.filter(name=work.command).order_by("pk") or [None]
    for other in others:
        other.delete()
    schedule = kept or Schedule(name=work.command, next_run=None)
    for name, value in _values_for(work).items():
        setattr(schedule, name, value)
    if not (schedule.next_run and _fits(work, schedule.next_run)):
        schedule.next_run = work.recurrence.next_time(timezone.localtime(at))
    schedule.save()


def _fits(work, next_run):
    return work.recurrence.fits(timezone.localtime(next_run))


def _values_for(work: RecurringWork):
    return {
        "func": RUN_RECURRING,
        "args": repr((work.command,)),
        "kwargs": repr({"q_options": {"timeout": int(LONGEST.total_seconds())}}),
        "schedule_type": _kind_of(work),
        "minutes": work.recurrence.minutes or None,
        "repeats": -1,
        "cluster": None,
    }


def _kind_of(work):
    if work.recurrence.minutes:
        return Schedule.MINUTES
    return Schedule.DAILY if work.recurrence.weekday is None else Schedule.WEEKLY
