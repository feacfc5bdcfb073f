"""Pages and their children. Content only, no learners' data."""

from course.models.lessons import LessonPage
from course.models.pages import CoursePage
from course.models.references import FaqEntry, GlossaryTerm, Source

__all__ = ["CoursePage", "FaqEntry", "GlossaryTerm", "LessonPage", "Source"]
