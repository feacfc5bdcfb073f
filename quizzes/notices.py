"""Reads: what a learner has yet to be told about answers marked again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from quizzes.models import Grade
from quizzes.queries import unseen_grades


@dataclass(frozen=True)
class RegradeNotice:
    """How many questions of a lesson count as right, before and now.

    `result_url` is empty where the lesson is no longer live.
    """

    lesson: str
    result_url: str
    at: datetime
    reason: str
    before: int
    now: int
    total: int


def regrade_notices(
    learner: Learner,
    *,
    course: CoursePage | None = None,
    lesson: LessonPage | None = None,
) -> list[RegradeNotice]:
    """Return one notice for each lesson marked again that was not yet shown.

    One query where there is nothing to tell, else three; nothing is written.
    """
    unseen = unseen_grades(learner)
    if course:
        unseen = unseen.filter(attempt__enrolment__course_key=course.translation_key)
    if lesson:
        unseen = unseen.filter(attempt__lesson_key=lesson.translation_key)
    ways = set(unseen.values_list("attempt__enrolment", "attempt__lesson_key"))
    if not ways:
        return []
    lessons = LessonPage.objects.live().select_related("locale")
    pages = {
        (page.translation_key, page.locale.language_code): page
        for page in lessons.filter(translation_key__in={key for _, key in ways})
    }
    return [_notice(grades, pages) for grades in _grades(ways)]


def _grades(ways) -> list[list[Grade]]:
    """Return all grades of each learner's way through a lesson, oldest run first."""
    wanted = Q()
    for enrolment, lesson_key in ways:
        wanted |= Q(attempt__enrolment=enrolment, attempt__lesson_key=lesson_key)
    grades = Grade.objects.filter(wanted).select_related("attempt__paper", "seen")
    by_way = defaultdict(list)
    for grade in grades.order_by("graded_at", "run"):
        by_way[grade.attempt.enrolment_id, grade.attempt.lesson_key].append(grade)
    return list(by_way.values())


def _notice(grades: list[Grade], pages) -> RegradeNotice:
    known = [grade for grade in grades if _is_known(grade)]
    newest = max(grades, key=lambda grade: grade.attempt.number)
    paper = newest.attempt.paper.content
    last = [grade for grade in grades if not _is_known(grade)][-1]
    page = pages.get((newest.attempt.lesson_key, paper.locale))
    return RegradeNotice(
        lesson=paper.title,
        result_url=page.get_url() + "quiz/result/" if page else "",
        at=last.graded_at,
        reason=last.reason,
        before=len(_right(known) & set(paper.keys)),
        now=len(_right(grades) & set(paper.keys)),
        total=len(paper.keys),
    )


def _is_known(grade: Grade) -> bool:
    return grade.run == 1 or hasattr(grade, "seen")


def _right(grades: list[Grade]) -> set[str]:
    """Return the question keys right in any attempt, by the newest run of each."""
    newest = {grade.attempt_id: grade for grade in sorted(grades, key=_run)}
    return {key for grade in newest.values() for key in grade.marks["right"]}


def _run(grade: Grade) -> int:
    return grade.run
