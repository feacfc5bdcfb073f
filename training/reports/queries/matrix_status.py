"""Somebody's status in one lesson of the matrix, and which of several counts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from training.assignments.models import Obligation, Status
from training.reports.queries.lessons import LessonKeys


class MatrixStatus(models.TextChoices):
    """Somebody's status in a lesson, shown as text with an icon."""

    DONE = "done", _("done")
    DONE_ELSEWHERE = "done_elsewhere", _("done elsewhere")
    UPDATE_DUE = "update_due", _("update due")
    AGAIN = "again", _("finished, not as required")
    IN_PROGRESS = "in_progress", _("in progress")
    RENEWAL = "renewal", _("in date, renewal due")
    EXPIRED = "expired", _("expired")
    NOT_STARTED = "not_started", _("not started")
    PAUSED = "paused", _("quiz paused")
    EXPIRED_PAUSED = "expired_paused", _("expired, quiz paused")
    WAIVED = "waived", _("waived")
    ADDED = "added", _("added later, not required")
    NOT_ASKED = "not_asked", _("not required")

    @property
    def icon(self) -> str:
        """Return the name of the Wagtail icon shown next to the text."""
        return {
            MatrixStatus.DONE: "circle-check",
            MatrixStatus.DONE_ELSEWHERE: "link-external",
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

    @property
    def tone(self) -> str:
        """Return the name of the colour behind the icon; each icon also has a word."""
        if self in (MatrixStatus.EXPIRED, MatrixStatus.EXPIRED_PAUSED):
            return "late"
        if self in _BEGUN:
            return "soon"
        return "done" if self in _DONE else "rest"


_BEGUN = {MatrixStatus.UPDATE_DUE, MatrixStatus.AGAIN, MatrixStatus.IN_PROGRESS}
_DONE = {MatrixStatus.DONE, MatrixStatus.DONE_ELSEWHERE, MatrixStatus.RENEWAL}


# Most urgent first: with several assignments, a cell shows the most urgent status.
PRESSING = (
    MatrixStatus.EXPIRED,
    MatrixStatus.AGAIN,
    MatrixStatus.IN_PROGRESS,
    MatrixStatus.NOT_STARTED,
    MatrixStatus.RENEWAL,
    MatrixStatus.DONE_ELSEWHERE,
    MatrixStatus.DONE,
    MatrixStatus.ADDED,
    MatrixStatus.WAIVED,
)


# Statuses that cannot change while the quiz is paused, and what is shown instead.
PAUSED = {
    MatrixStatus.AGAIN: MatrixStatus.PAUSED,
    MatrixStatus.IN_PROGRESS: MatrixStatus.PAUSED,
    MatrixStatus.NOT_STARTED: MatrixStatus.PAUSED,
    MatrixStatus.EXPIRED: MatrixStatus.EXPIRED_PAUSED,
}


# Statuses that the obligation itself decides, whatever was done in a lesson.
BY_OBLIGATION = {
    Status.DONE: MatrixStatus.DONE,
    Status.EXPIRED: MatrixStatus.EXPIRED,
    Status.WAIVED: MatrixStatus.WAIVED,
}


@dataclass(frozen=True)
class AskedOfPerson:
    """What an assignment asks of a person in the newest cycle, and what came before.

    `is_in_date` says whether an earlier cycle is still valid; `added` are lessons added
    after it was done.
    """

    newest: Obligation
    lessons: LessonKeys
    added: Collection[str]
    has_before: bool
    is_in_date: bool


@dataclass(frozen=True)
class BegunLesson:
    """A lesson started in the newest enrolment; finished by the course's own rule."""

    finished_at: dt.datetime | None


def matrix_status(
    pair: AskedOfPerson, key: str, begun: BegunLesson | None
) -> MatrixStatus:
    """Return the lesson's status for one assignment, by its newest cycle.

    A lesson passed in the course is only done if the assignment's requirements are met
    too, and a recurring one stays in date as long as the previous cycle is valid.
    """
    if pair.newest.status in BY_OBLIGATION:
        return MatrixStatus.ADDED if key in pair.added else _by_obligation(pair.newest)
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


def _by_obligation(row: Obligation) -> MatrixStatus:
    if row.status == Status.DONE and row.is_done_elsewhere:
        return MatrixStatus.DONE_ELSEWHERE
    return BY_OBLIGATION[row.status]
