"""Running recurring work, one at a time of each, whoever asks: the engine or cron."""

import datetime as dt

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from jobs.models import RecurringRun
from jobs.register import RecurringWork

# A run that takes longer is cut off; one that was cut off blocks no other for longer.
LONGEST = dt.timedelta(minutes=10)


def run_recurring_work(*, work: RecurringWork, at: dt.datetime) -> bool:
    """Run the command unless it runs already; return whether it ran.

    Whatever the command raises is raised.
    """
    if not _claim(work.command, at):
        return False
    try:
        call_command(work.command, verbosity=0)
    except BaseException:
        _note(work.command, at, failed_at=timezone.now())
        raise
    _note(work.command, at, ended_at=timezone.now())
    return True


def _claim(command, at):
    RecurringRun.objects.get_or_create(command=command, defaults={"listed_at": at})
    free = Q(started_at=None) | Q(started_at__lte=at - LONGEST)
    return RecurringRun.objects.filter(free, command=command).update(started_at=at)


def _note(command, started_at, **times):
    ours = RecurringRun.objects.filter(command=command, started_at=started_at)
    ours.update(started_at=None, **times)
