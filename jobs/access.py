"""Who sees background work, and whose jobs."""

from django.contrib.auth.models import AbstractUser, AnonymousUser

from jobs.models import Job


def may_watch_work(user: AbstractUser | AnonymousUser) -> bool:
    """Return whether the user sees what runs in the background, and runs it again."""
    return user.has_perm("jobs.watch_work")


def may_see_job(user: AbstractUser | AnonymousUser, job: Job) -> bool:
    """Return whether the user sees the job, stops it, and has it go on."""
    return job.started_by_id == user.pk or may_watch_work(user)
