"""What a learner has done and remembers, and words that open it elsewhere."""

from progress.models.recall import RecallCard, RecallReminder
from progress.models.records import (
    Certificate,
    Enrolment,
    LessonProgress,
    new_serial,
)
from progress.models.resume_words import ResumeWords

__all__ = [
    "Certificate",
    "Enrolment",
    "LessonProgress",
    "RecallCard",
    "RecallReminder",
    "ResumeWords",
    "new_serial",
]
