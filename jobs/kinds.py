"""The register of kinds of jobs: each is one class in the room that knows the work."""

import datetime as dt
from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise

from jobs.models import Job

# As many rows as one part changes at most: more would hold up whoever writes meanwhile.
MOST_ROWS = 500


class UnableToGoOn(Exception):
    """The work cannot be done; the message says why and names what to put right."""


class PartOutcome(NamedTuple):
    """How many rows a part did, and whether it was the last."""

    done: int
    is_last: bool


class JobKind(ABC):
    """One kind of long work. A room subclasses it and registers an instance."""

    code: ClassVar[str]
    label: ClassVar[str | Promise]

    @abstractmethod
    def do_part(self, job: Job, at: dt.datetime) -> PartOutcome:
        """Do the next rows, `MOST_ROWS` at most, within a minute and a transaction.

        Doing it twice does no harm. Raises UnableToGoOn.
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


_kinds: dict[str, JobKind] = {}


def register_job_kinds(*kinds: JobKind) -> None:
    """Let jobs of these kinds be started, in `AppConfig.ready()`."""
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of_job(job: Job) -> JobKind | None:
    """Return the kind that knows the job; None where no room does any more."""
    return _kinds.get(job.kind)
