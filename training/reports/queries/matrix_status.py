"""How somebody stands in one lesson of the matrix, and which of several counts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.assignments.models import Obligation, Status
from training.reports.queries.lessons import LessonKeys


class MatrixStatus(models.TextChoices):
    """How somebody stands in a lesson. The words are shown with an icon."""

    DONE = "done", _("done")
    UPDATE_DUE = "update_due", _("update due")
    AGAIN = "again", _("finished, not as asked")
    IN_PROGRESS = "in_progress", _("in progress")
    RENEWAL = "renewal", _("in date, to be renewed")
    EXPIRED = "expired", _("expired")
    NOT_STARTED = "not_started", _("not started")
    PAUSED = "paused", _("quiz paused")
    EXPIRED_PAUSED = "expired_paused", _("expired, quiz paused")
    WAIVED = "waived", _("waived")
    ADDED = "added", _("added since, not asked")
    NOT_ASKED = "not_asked", _("not asked")

    @property
    def icon(self) -> str:
        """Return which of Wagtail's icons stands beside the word."""
        return {
            MatrixStatus.DONE: "circle-check",
            MatrixStatus.UPDATE_DUE: "rotate",
            MatrixStatus.AGAIN: "warning",
            MatrixStatus.IN_PROGRESS: "draft",
            MatrixStatus.RENEWAL: "calendar-check",
            MatrixStatus.EXPIRED: "history",
            MatrixStatus.NOT_STARTED: "radio-empty",
            MatrixStatus.PAUSED: "lock",
            MatrixStatus.EXPIRED_PAUSED: "history",
            MatrixStatus.WAIVED: "minus",
            MatrixStatus.ADDED: "circle-plus",
            MatrixStatus.NOT_ASKED: "minus",
        }[self]


# The most pressing first: a cell tells of several assignments what is left of one.
PRESSING = (
    MatrixStatus.EXPIRED,
    MatrixStatus.AGAIN,
    MatrixStatus.IN_PROGRESS,
    MatrixStatus.NOT_STARTED,
    MatrixStatus.RENEWAL,
    MatrixStatus.DONE,
    MatrixStatus.ADDED,
    MatrixStatus.WAIVED,
)


# What cannot be gone on with while the quiz is paused, and what is said then.
PAUSED = {
    MatrixStatus.AGAIN: MatrixStatus.PAUSED,
    MatrixStatus.IN_PROGRESS: MatrixStatus.PAUSED,
    MatrixStatus.NOT_STARTED: MatrixStatus.PAUSED,
    MatrixStatus.EXPIRED: MatrixStatus.EXPIRED_PAUSED,
}


# Where the obligation itself says it, whatever was done of a lesson.
BY_OBLIGATION = {
    Status.DONE: MatrixStatus.DONE,
    Status.EXPIRED: MatrixStatus.EXPIRED,
    Status.WAIVED: MatrixStatus.WAIVED,
}


@dataclass(frozen=True)
class AskedOfPerson:
    """What an assignment asks of a person: the newest cycle, and how it was before.

    `is_in_date` is whether an earlier cycle still holds, `added` are lessons that came
    after it was done.
    """

    newest: Obligation
    lessons: LessonKeys
    added: Collection[str]
    has_before: bool
    is_in_date: bool


@dataclass(frozen=True)
class BegunLesson:
    """A lesson begun in the newest enrolment; finished by the course's own rule."""

    finished_at: dt.datetime | None


def matrix_status(
    pair: AskedOfPerson, key: str, begun: BegunLesson | None
) -> MatrixStatus:
    """Return how the lesson stands for one assignment, by its newest cycle.

    What the course calls passed is done only where the assignment says so too, and what
    comes again is in date for as long as the cycle before holds.
    """
    if pair.newest.status in BY_OBLIGATION:
        is_added = key in pair.added
        return MatrixStatus.ADDED if is_added else BY_OBLIGATION[pair.newest.status]
    if key in pair.lessons.done:
        return MatrixStatus.DONE
    finished_at = begun and begun.finished_at
    if finished_at and finished_at >= pair.newest.opens_at:
        return MatrixStatus.AGAIN
    if begun and not finished_at:
        return MatrixStatus.IN_PROGRESS
    if pair.has_before:
        return MatrixStatus.RENEWAL if pair.is_in_date else MatrixStatus.EXPIRED
    return MatrixStatus.AGAIN if finished_at else MatrixStatus.NOT_STARTED
