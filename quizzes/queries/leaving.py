"""Who is affected when a page is deleted or taken offline."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from course.models import LessonPage
from course.queries import pages_within
from progress.models import LessonProgress
from quizzes.models import Attempt


@dataclass(frozen=True)
class LeftBehind:
    """How many people did something in the lessons, and how many have an open quiz."""

    people: int
    in_quiz: int


def left_behind(pages: Iterable[Page]) -> LeftBehind:
    """Return how many people the lessons in and below these pages affect.

    Makes three queries.
    """
    lessons = LessonPage.objects.filter(pages_within(pages))
    keys = list(lessons.values_list("translation_key", flat=True))
    if not keys:
        return LeftBehind(0, 0)
    begun = LessonProgress.objects.filter(
        lesson_key__in=keys, enrolment__learner__erased_at=None
    )
    quizzes = Attempt.objects.open().filter(lesson_key__in=keys)
    return LeftBehind(
        people=begun.values("enrolment__learner").distinct().count(),
        in_quiz=quizzes.values("learner").distinct().count(),
    )
