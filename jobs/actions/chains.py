"""Long work in parts. Each part queues the next in its own transaction.

So a part is done with what follows from it, or not at all; a task that comes twice finds
another part to be next and does nothing.
"""

import datetime as dt
import logging

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.actions.queueing import queue_task, queued_ids
from jobs.kinds import JobKind, UnableToContinue, job_kinds, kind_of_job
from jobs.models import Job

logger = logging.getLogger(__name__)

DO_PART = "jobs.do_part"
# A part is begun so often at most, whether it failed or its worker died.
MOST_TRIES = 3
KEPT = dt.timedelta(days=30)


@transaction.atomic
def start_job(
    *, kind: JobKind, about: int, total: int, by: AbstractUser | None, at: dt.datetime
) -> Job:
    """Start the work, once this transaction is committed."""
    job = Job.objects.create(
        kind=kind.code, about=about, total=total, started_by=by, started_at=at
    )
    queue_task(DO_PART, job.pk, job.part)
    return job


def stop_job(*, job: Job, at: dt.datetime) -> None:
    """Let no further part begin; what was done stays done."""
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    running.update(stop_asked_at=at)


@transaction.atomic
def resume_job(*, job: Job) -> None:
    """Continue a job that failed or was stopped, where it ended."""
    ended = Job.objects.filter(
        pk=job.pk, state__in=[Job.State.FAILED, Job.State.STOPPED]
    )
    fresh = {"tries": 0, "error": "", "stop_asked_at": None, "ended_at": None}
    if ended.update(state=Job.State.RUNNING, part=F("part") + 1, **fresh):
        queue_task(DO_PART, job.pk, Job.objects.get(pk=job.pk).part)


def do_part(key: int, part: int) -> None:
    """Do this part of the job, unless it was done."""
    begun = Job.objects.filter(pk=key, part=part, state=Job.State.RUNNING)
    # Committed before, so that a part that kills its worker is not begun for ever.
    if not begun.update(tries=F("tries") + 1):
        return
    try:
        for job in begun:
            _do_part(key, part, _prepare(job))
    except UnableToContinue as problem:
        _fail(begun, str(problem))
    # Whatever went wrong; what cuts a task off is a SystemExit of the engine's.
    except (Exception, SystemExit):
        logger.exception("Part %s of job %s failed.", part, key)
        _try_again(begun, key, part)


def _prepare(job):
    """Return the kind and what it prepared; None for a job that is to stop."""
    if job.tries > MOST_TRIES:
        raise UnableToContinue(
            _("The worker ended in the middle of it, again and again.")
        )
    kind = kind_of_job(job)
    if kind is None:
        raise UnableToContinue(_("No part of the site knows this work any more."))
    if job.stop_asked_at:
        return None
    return kind, kind.prepare_part(job, timezone.now())


@transaction.atomic
def _do_part(key, part, prepared):
    job = Job.objects.select_for_update().get(pk=key)
    if job.part != part or not job.is_running:
        return
    if prepared is None or job.stop_asked_at:
        _end(job, Job.State.STOPPED)
        return
    kind, material = prepared
    outcome = kind.do_part(job, timezone.now(), material)
    job.done = min(job.total, job.done + outcome.done)
    job.part, job.tries = part + 1, 0
    if outcome.is_last:
        _end(job, Job.State.DONE)
        return
    job.save()
    queue_task(DO_PART, key, job.part)


def _end(job, state):
    job.state, job.ended_at = state, timezone.now()
    job.save()


@transaction.atomic
def _try_again(begun, key, part):
    job = begun.first()
    if job is None:
        return
    if job.tries < MOST_TRIES:
        queue_task(DO_PART, key, part)
    else:
        _fail(begun, _("Something went wrong. The server's log says what."))


def _fail(begun, error):
    begun.update(state=Job.State.FAILED, ended_at=timezone.now(), error=error)


def take_up_lost_jobs() -> int:
    """Queue the next part of each job that runs and is in no queue; return how many.

    Its task is lost when the database was away while it failed, or when it was signed
    with a secret key that is not the site's any more.
    """
    running = Job.objects.filter(state=Job.State.RUNNING).values_list("pk", "part")
    waiting = queued_ids(DO_PART)
    lost = [key for key, part in running if (key, part) not in waiting]
    return sum(_take_up(key) for key in lost)


@transaction.atomic
def _take_up(key):
    """Queue the job's next part unless it is queued by now; return whether it was."""
    # A job that is locked is being done.
    rows = Job.objects.select_for_update(skip_locked=True)
    job = rows.filter(pk=key, state=Job.State.RUNNING).first()
    if job is None or (key, job.part) in queued_ids(DO_PART):
        return False
    logger.warning(
        "Part %s of job %s was in no queue. It is queued again.", job.part, key
    )
    queue_task(DO_PART, key, job.part)
    return True


def prune_jobs(*, at: dt.datetime) -> int:
    """Delete jobs that ended long ago; return how many.

    What their kind kept for them is deleted earlier, as it says.
    """
    for kind in job_kinds():
        for job in Job.objects.filter(kind=kind.code, ended_at__lte=at - kind.keeps):
            kind.forget(job)
    return Job.objects.filter(ended_at__lte=at - KEPT).delete()[0]
