"""Queueing tasks. A queued task is a row: it comes with the commit, or not at all."""

from uuid import UUID

from django.db import transaction
from django_q.models import OrmQ
from django_q.tasks import async_task

from jobs.engine import RUN_TASK, URGENT
from jobs.register import task_with


class UnableToQueue(Exception):
    """No room knows the task, or it was to carry more than ids."""


def queue_task(name: str, *ids: int | UUID, urgent: bool = False) -> None:
    """Queue the task with these ids, to be run once the transaction is committed.

    An urgent one goes before all others and has a worker of its own where there are
    two. Names, addresses and codes are no ids: they are read when it runs. Raises
    UnableToQueue.
    """
    task = task_with(name)
    if task is None or not all(isinstance(each, int | UUID) for each in ids):
        raise UnableToQueue(name)
    queue_call(RUN_TASK, name, *ids, seconds=task.seconds, urgent=urgent)


@transaction.atomic
def queue_call(
    function: str, name: str, *ids: int | UUID, seconds: int, urgent: bool = False
) -> None:
    """Have the engine call one of the functions of `jobs.tasks`."""
    options = {"timeout": seconds, "group": name}
    if urgent:
        options["cluster"] = URGENT
    async_task(function, name, *ids, q_options=options)


def queued_ids(name: str) -> set[tuple[int | UUID, ...]]:
    """Return the ids of each task of this name that waits or is being done."""
    calls = (row.args() or () for row in OrmQ.objects.exclude(key=URGENT).iterator())
    return {tuple(ids) for called, *ids in filter(None, calls) if called == name}
