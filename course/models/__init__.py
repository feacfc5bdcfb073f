"""Pages and their children. Content only, no learners' data."""

from course.models.danger_signs import DangerSigns, TranslatedDangerSigns
from course.models.lessons import LessonPage
from course.models.options import TreatmentOption, ValueStatement
from course.models.pages import CoursePage
from course.models.references import (
    FaqEntry,
    GlossaryTerm,
    QuestionToAsk,
    Source,
)

__all__ = [
    "CoursePage",
    "DangerSigns",
    "FaqEntry",
    "GlossaryTerm",
    "LessonPage",
    "QuestionToAsk",
    "Source",
    "TranslatedDangerSigns",
    "TreatmentOption",
    "ValueStatement",
]
