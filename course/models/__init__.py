"""What is taught: pages and what hangs on them. Content only, no learners."""

from course.models.apparatus import FaqEntry, GlossaryTerm, Source
from course.models.pages import CoursePage, LessonPage

__all__ = ["CoursePage", "FaqEntry", "GlossaryTerm", "LessonPage", "Source"]
