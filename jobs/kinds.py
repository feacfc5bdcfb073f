"""The register of kinds of jobs: each is one class in the room that knows the work."""

import datetime as dt
from abc import ABC, abstractmethod
from typing import Any, ClassVar, NamedTuple

from django.contrib.auth.models import AbstractUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.files import delete_files
from jobs.models import Job

# As many rows as one part changes at most: more would hold up whoever writes meanwhile.
MOST_ROWS = 500


class UnableToContinue(Exception):
    """The work cannot be done; the message says why and names what to put right."""


class PartOutcome(NamedTuple):
    """How many rows a part did, and whether it was the last."""

    done: int
    is_last: bool


class NextStep(NamedTuple):
    """A link from the page of a job that has ended."""

    url: str
    text: str


class JobKind(ABC):
    """One kind of long work. A room subclasses it and registers an instance."""

    code: ClassVar[str]
    label: ClassVar[str | Promise]
    # The text of the link to what the job is about.
    link: ClassVar[str | Promise] = _("Open what it is about")
    # What is kept for a job, such as a file, is deleted so long after its end.
    keeps: ClassVar[dt.timedelta] = dt.timedelta(days=7)

    def prepare_part(self, job: Job, at: dt.datetime) -> Any:
        """Return what takes long to read or calculate, for `do_part`.

        Runs outside the transaction, so nobody waits for it. Raises UnableToContinue.
        """
        return None

    @abstractmethod
    def do_part(self, job: Job, at: dt.datetime, prepared: Any) -> PartOutcome:
        """Do the next rows, `MOST_ROWS` at most, within a minute and a transaction.

        `prepared` is what `prepare_part` returned. What is noted in `job.result` is
        saved with the part. Raises UnableToContinue, with nothing done.
        """

    @abstractmethod
    def title_of(self, job: Job) -> str:
        """Return what it is about, such as an assignment's title; "" where it is gone."""

    @abstractmethod
    def page_of(self, job: Job) -> str:
        """Return the address of what it is about."""

    @abstractmethod
    def describe_result(self, job: Job) -> str:
        """Return a sentence on what came of it, done or stopped."""

    def offer_next(
        self, job: Job, user: AbstractUser, at: dt.datetime
    ) -> NextStep | None:
        """Return what the user may do now that it has ended, such as undoing it."""
        return None

    def forget(self, job: Job) -> None:  # noqa: B027 -- most keep nothing
        """Delete what was kept for the job."""


class FileJobKind(JobKind):
    """A kind whose result is a file, which whoever started the job downloads."""

    # The name under which `jobs.files` stores the result; other files are drafts.
    file = "result"

    @abstractmethod
    def may_download(self, user: AbstractUser, job: Job) -> bool:
        """Return whether the user may still see what is in the file."""

    @abstractmethod
    def file_name(self, job: Job) -> str:
        """Return the name that the file has when it is downloaded."""

    def forget(self, job: Job) -> None:
        """Delete the file."""
        delete_files(job)


_kinds: dict[str, JobKind] = {}


def register_job_kinds(*kinds: JobKind) -> None:
    """Let jobs of these kinds be started, in `AppConfig.ready()`."""
    _kinds.update({kind.code: kind for kind in kinds})


def job_kinds() -> list[JobKind]:
    """Return all kinds, by code."""
    return [kind for _code, kind in sorted(_kinds.items())]


def kind_of_job(job: Job) -> JobKind | None:
    """Return the kind that knows the job; None where no room does any more."""
    return _kinds.get(job.kind)
