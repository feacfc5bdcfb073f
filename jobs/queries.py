"""What is due, what ran, what failed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import Failure, Schedule

from jobs.engine import RUN_RECURRING
from jobs.kinds import kind_of_job
from jobs.models import Job, RecurringRun, WorkerHeartbeat
from jobs.register import (
    RecurringWork,
    recurring_work,
    recurring_work_with,
    task_with,
)
from jobs.rules import has_gone_quiet, is_listening

# So many jobs are on the page of background work.
LISTED = 50
# So many jobs are on their starter's home page in the admin, for so long.
SHOWN_AT_HOME = 5
RECENT = dt.timedelta(days=7)
RECURS_AGAIN = gettext_lazy(
    "It runs again when it is due next. If it fails again, look for its name in the"
    " server's log."
)


@dataclass(frozen=True)
class WorkLine:
    """One piece of recurring work and how it went."""

    work: RecurringWork
    run: RecurringRun | None
    next_run: dt.datetime | None


@dataclass(frozen=True)
class FailedTask:
    """A task that failed: what and when it was, what was raised, what to do."""

    key: str
    label: str | Promise
    failed_at: dt.datetime
    error: str
    advice: str | Promise


def due_work(*, at: dt.datetime) -> list[RecurringWork]:
    """Return the recurring work whose time has come since it ended well."""
    now = timezone.localtime(at)
    ended = dict(RecurringRun.objects.values_list("command", "ended_at"))
    return [
        work
        for work in recurring_work()
        if work.recurrence.is_due(now, _local(ended.get(work.command)))
    ]


def _local(moment):
    return moment and timezone.localtime(moment)


def work_lines() -> list[WorkLine]:
    """Return all recurring work with its last run and its next."""
    runs = {run.command: run for run in RecurringRun.objects.all()}
    following = dict(Schedule.objects.values_list("name", "next_run"))
    return [
        WorkLine(work, runs.get(work.command), following.get(work.command))
        for work in recurring_work()
    ]


def is_quiet(*, at: dt.datetime) -> bool:
    """Return whether neither a worker nor cron has run anything for a while."""
    newest = RecurringRun.objects.aggregate(
        started=Max("started_at"), ended=Max("ended_at"), listed=Max("listed_at")
    )
    last = max(filter(None, newest.values()), default=None)
    return has_gone_quiet(at, last)


def worker_listens(*, at: dt.datetime) -> bool:
    """Return whether a worker takes what is queued within seconds."""
    newest = WorkerHeartbeat.objects.aggregate(seen=Max("seen_at"))["seen"]
    return is_listening(at, newest)


def rows_for_worker(
    count: int | Callable[[], int], *, most: int, at: dt.datetime
) -> int:
    """Return for how many rows work is, if a worker is to do it; 0 if the request is.

    The one rule of what is a job: it is for more than `most` rows, and a worker listens.
    Whichever of the two costs no query is asked first: a known number, or the worker.
    """
    if isinstance(count, int):
        return count if count > most and worker_listens(at=at) else 0
    rows = count() if worker_listens(at=at) else 0
    return rows if rows > most else 0


def newest_jobs() -> list[tuple[Job, str | Promise]]:
    """Return the jobs that were started last, each with the label of its kind."""
    rows = Job.objects.select_related("started_by").order_by("-started_at")[:LISTED]
    kinds = ((job, kind_of_job(job)) for job in rows)
    return [(job, kind.label if kind else job.kind) for job, kind in kinds]


def recent_jobs(user: AbstractUser, *, at: dt.datetime) -> list[tuple[Job, str]]:
    """Return the jobs that the user started last, each with its kind and title."""
    rows = Job.objects.filter(started_by=user, started_at__gt=at - RECENT)
    jobs = rows.order_by("-started_at")[:SHOWN_AT_HOME]
    return [(job, _kind_and_title(job)) for job in jobs]


def _kind_and_title(job):
    kind = kind_of_job(job)
    if kind is None:
        return job.kind
    parts = (capfirst(kind.label), kind.title_of(job))
    return ": ".join(str(part) for part in parts if part)


def running_job(*, kind: str, about: int, by: AbstractUser | None = None) -> Job | None:
    """Return the job of this kind that runs for the row, if there is one.

    Only one that `by` started, if somebody is given.
    """
    rows = Job.objects.filter(kind=kind, about=about, state=Job.State.RUNNING)
    if by:
        rows = rows.filter(started_by=by)
    return rows.order_by("-started_at").first()


def newest_job(*, kind: str, about: int) -> Job | None:
    """Return the job of this kind that was started last for the row, if any was."""
    rows = Job.objects.filter(kind=kind, about=about)
    return rows.order_by("-started_at").first()


def unfinished_jobs(kind: str) -> set[int]:
    """Return the rows for which a job of this kind runs, or was stopped midway."""
    unfinished = [Job.State.RUNNING, Job.State.STOPPED]
    rows = Job.objects.filter(kind=kind, state__in=unfinished)
    return set(rows.values_list("about", flat=True))


def failed_tasks() -> list[FailedTask]:
    """Return the tasks that failed, the newest first."""
    return [_describe(row) for row in Failure.objects.order_by("-stopped")]


def _describe(row):
    name = (row.args or [""])[0]
    known = recurring_work_with(name) if row.func == RUN_RECURRING else task_with(name)
    return FailedTask(
        key=row.pk,
        label=known.label if known else name or row.func,
        failed_at=row.stopped,
        error=str(row.result).partition(" : ")[0],
        advice=_advice(row, known),
    )


def _advice(row, known):
    if known is None:
        return _("No part of the site knows it any more. Dismiss it.")
    return RECURS_AGAIN if row.func == RUN_RECURRING else known.advice
