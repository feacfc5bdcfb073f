"""Who was asked to learn what by when. Records only: content is in the room course."""

from training.assignments.models.assignments import GIVING_OUT, Assignment
from training.assignments.models.calendar_links import (
    CalendarLink,
    digest_calendar_token,
)
from training.assignments.models.completions import (
    CompletionElsewhere,
    CompletionProof,
)
from training.assignments.models.digests import DigestTime, Weekday
from training.assignments.models.exceptions import ExceptionEntry
from training.assignments.models.obligations import (
    TO_DO,
    UNFINISHED,
    Obligation,
    Status,
)
from training.assignments.models.pauses import LastQuizDay, Pause

__all__ = [
    "GIVING_OUT",
    "TO_DO",
    "UNFINISHED",
    "Assignment",
    "CalendarLink",
    "CompletionElsewhere",
    "CompletionProof",
    "DigestTime",
    "ExceptionEntry",
    "LastQuizDay",
    "Obligation",
    "Pause",
    "Status",
    "Weekday",
    "digest_calendar_token",
]
