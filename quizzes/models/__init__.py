"""Models, with content (edited by authors) kept apart from records (of learners)."""

from quizzes.models.content import Question
from quizzes.models.records import Answer, Attempt, Grade, Paper, open_key_for
from quizzes.models.regrades import Publication, SeenChange, SeenGrade
from quizzes.models.safety import SafetyUpdate

__all__ = [
    "Answer",
    "Attempt",
    "Grade",
    "Paper",
    "Publication",
    "Question",
    "SafetyUpdate",
    "SeenChange",
    "SeenGrade",
    "open_key_for",
]
