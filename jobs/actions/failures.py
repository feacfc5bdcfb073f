"""What is done about tasks that failed."""

import datetime as dt

from django.db import transaction
from django_q.models import Failure

from jobs.actions.queueing import queue_call
from jobs.actions.recurring import LONGEST
from jobs.engine import RUN_RECURRING
from jobs.register import task_with

KEPT = dt.timedelta(days=30)


class UnableToRunAgain(Exception):
    """It is not among the failed tasks any more: somebody was faster."""


@transaction.atomic
def run_again(*, key: str) -> None:
    """Queue the failed task once more and take it off the list.

    Raises UnableToRunAgain.
    """
    failed = Failure.objects.select_for_update().filter(pk=key).first()
    if failed is None:
        raise UnableToRunAgain
    queue_call(failed.func, *failed.args, seconds=_seconds(failed))
    failed.delete()


def _seconds(failed):
    if failed.func == RUN_RECURRING:
        return int(LONGEST.total_seconds())
    task = task_with(failed.args[0])
    return task.seconds if task else 60


def dismiss_failure(*, key: str) -> None:
    """Take the failed task off the list."""
    Failure.objects.filter(pk=key).delete()


def prune_failures(*, at: dt.datetime) -> int:
    """Delete what failed long ago; return how many."""
    return Failure.objects.filter(stopped__lte=at - KEPT).delete()[0]
