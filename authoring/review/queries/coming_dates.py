"""Pages whose next check is past or comes soon, and what follows from it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from course.models import CoursePage, LessonPage
from course.models.pages import ReviewedPage
from course.queries import courses_above
from course.rules.review_dates import (
    WARNED_DAYS_BEFORE,
    days_to_pause,
    last_day_of_quiz,
)
from quizzes.models import Question


@dataclass(frozen=True)
class ComingDate:
    """A page to check, and the last day of its quiz, or None without questions."""

    page: ReviewedPage
    last_day: dt.date | None

    def is_paused(self, today: dt.date) -> bool:
        return bool(self.last_day) and days_to_pause(self.last_day, today) <= 0


def coming_dates(pages: QuerySet[Page], today: dt.date) -> list[ComingDate]:
    """Return the live ones whose check is past or due soon, first ones first.

    “Soon” is as many days as people are warned before a quiz pauses. 3 queries.
    """
    until = today + dt.timedelta(days=max(WARNED_DAYS_BEFORE))
    courses, lessons = (
        model.objects.live()
        .filter(pk__in=pages.order_by().values("pk"), next_check__lte=until)
        .select_related("locale")
        for model in (CoursePage, LessonPage)
    )
    asked = Question.objects.filter(lesson=OuterRef("pk"))
    taught = list(lessons.annotate(has_quiz=Exists(asked)).defer("body"))
    above = zip(taught, courses_above(taught), strict=True)
    dates = [ComingDate(course, None) for course in courses]
    dates += [ComingDate(lesson, _last_day(lesson, course)) for lesson, course in above]
    return sorted(dates, key=lambda each: (each.page.next_check, each.page.path))


def _last_day(lesson, course):
    if not lesson.has_quiz:
        return None
    return last_day_of_quiz(lesson.next_check, course.grace_days)
