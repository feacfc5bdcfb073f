"""Who must do what by when? All records; what is taught lives in the room course."""

from training.models.assignments import Assignment
from training.models.exceptions import ExceptionEntry
from training.models.obligations import TO_DO, UNFINISHED, Obligation, Status
from training.models.pauses import LastQuizDay, Pause
from training.models.schedules import ScheduledReport
from training.models.teams import Invitation, JoinLink, Membership, Team

__all__ = [
    "TO_DO",
    "UNFINISHED",
    "Assignment",
    "ExceptionEntry",
    "Invitation",
    "JoinLink",
    "LastQuizDay",
    "Membership",
    "Obligation",
    "Pause",
    "ScheduledReport",
    "Status",
    "Team",
]
