"""What people are asked to learn, for the mail that invites them. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from course.models import CoursePage, LessonPage
from course.queries import lessons_by_course, pages_within
from course.queries.first_language import in_first_language
from training.assignments.models import UNFINISHED, Obligation
from training.assignments.queries.to_do import still_asked
from training.assignments.rules import due
from training.teams.queries.asked import AskedCourse


def asked_courses(
    users: Collection[int], at: dt.datetime
) -> dict[int, list[AskedCourse]]:
    """Return account id → what it still has to do, in three queries."""
    rows = still_asked(Obligation.objects.unsatisfied()).filter(learner__user__in=users)
    open_ones = rows.with_status(at).filter(status__in=UNFINISHED)
    named = list(open_ones.select_related("assignment", "learner"))
    minutes = _minutes({row.assignment.course_key for row in named})
    found: dict[int, list[AskedCourse]] = defaultdict(list)
    for row in named:
        found[row.learner.user_id].append(_course(row, minutes))
    return dict(found)


def _course(row, minutes) -> AskedCourse:
    lessons = minutes.get(row.assignment.course_key, {})
    asked = row.assignment.lesson_keys or lessons
    return AskedCourse(
        title=row.assignment.title,
        due=due.day_in(row.effective_due_at, row.time_zone),
        minutes=sum(lessons.get(key, 0) for key in asked),
        team=row.team_id,
    )


def _minutes(courses: set[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    """Return course key → key of each live lesson → about how long it takes."""
    if not courses:
        return {}
    pages = CoursePage.objects.live().filter(translation_key__in=courses)
    live = list(in_first_language(pages).only("path", "translation_key"))
    within = LessonPage.objects.live().filter(pages_within(live))
    lessons = within.only("path", "minutes", "translation_key").order_by("path")
    return {
        course.translation_key: {
            str(page.translation_key): page.minutes for page in own
        }
        for course, own in lessons_by_course(live, lessons).items()
    }
