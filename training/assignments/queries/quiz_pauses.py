"""The last days of quizzes, and when quizzes were paused. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from course.models import CoursePage, LessonPage
from course.queries import lessons_by_course
from course.rules.review_dates import last_day_of_quiz
from quizzes.models import Question
from training.assignments.models import LastQuizDay
from training.assignments.rules.pauses import LastDayRecord, Span, pauses_of_quiz


@dataclass(frozen=True)
class QuizNow:
    """The quiz of a live lesson, and the last day on which it is available."""

    key: str
    title: str
    course_key: uuid.UUID
    course_title: str
    last_day: dt.date
    live_since: dt.datetime | None

    @property
    def record(self) -> tuple[str, dt.date]:
        return self.key, self.last_day


def quizzes_now(
    course_keys: Collection[uuid.UUID] | None = None, *, until: dt.date | None = None
) -> list[QuizNow]:
    """Return the quizzes of live lessons in live courses, in order; two queries.

    For a lesson in several languages, the one available longest counts, because people
    can do it in that language. If only quizzes that pause `until` a day matter and
    there are none, this returns nothing after one query.
    """
    asked = Question.objects.filter(lesson=OuterRef("pk"))
    pages = LessonPage.objects.live().filter(Exists(asked)).order_by("path")
    lessons = list(pages.defer("body", "in_short"))
    if until and all(page.next_check > until for page in lessons):
        return []
    courses = CoursePage.objects.live()
    if course_keys is not None:
        courses = courses.filter(translation_key__in=course_keys)
    found: dict[str, QuizNow] = {}
    for course, pages in lessons_by_course(courses.order_by("path"), lessons).items():
        for quiz in (_quiz_now(page, course) for page in pages):
            known = found.get(quiz.key)
            if known is None or known.last_day < quiz.last_day:
                found[quiz.key] = quiz
    return list(found.values())


def _quiz_now(page, course):
    return QuizNow(
        key=str(page.translation_key),
        title=page.title,
        course_key=course.translation_key,
        course_title=course.title,
        last_day=last_day_of_quiz(page.next_check, course.grace_days),
        live_since=page.last_published_at,
    )


def last_days_of(keys: Iterable[str]) -> dict[str, list[LastDayRecord]]:
    """Return lesson key → recorded last days of its quiz, oldest first; one query."""
    rows = LastQuizDay.objects.filter(lesson_key__in=list(keys))
    found: dict[str, list[LastDayRecord]] = defaultdict(list)
    for row in rows.order_by("since", "pk"):
        found[str(row.lesson_key)].append(row.record)
    return found


def pauses_of_quizzes(quizzes: Collection[QuizNow]) -> dict[str, list[Span]]:
    """Return lesson key → when its quiz was, is or will be paused; one query."""
    records = last_days_of(quiz.key for quiz in quizzes)
    return {
        key: pauses_of_quiz(rows, settings.TIME_ZONE) for key, rows in records.items()
    }
