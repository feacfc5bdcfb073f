"""Who sees background work, and whose jobs."""

from django.contrib.auth.models import AbstractUser, AnonymousUser

from jobs.files import file_exists
from jobs.kinds import FileJobKind, kind_of_job
from jobs.models import Job


def may_watch_work(user: AbstractUser | AnonymousUser) -> bool:
    """Return whether the user sees what runs in the background, and runs it again."""
    return user.has_perm("jobs.watch_work")


def may_see_job(user: AbstractUser | AnonymousUser, job: Job) -> bool:
    """Return whether the user sees the job, and may stop and continue it."""
    return job.started_by_id == user.pk or may_watch_work(user)


def may_download_file(user: AbstractUser, job: Job) -> bool:
    """Return whether the user started the job, and may still see what is in its file.

    False where there is no file, or not any more.
    """
    kind = kind_of_job(job)
    return (
        isinstance(kind, FileJobKind)
        and job.state == Job.State.DONE
        and job.started_by_id == user.pk
        and kind.may_download(user, job)
        and file_exists(job, kind.file)
    )
