"""Notices about earlier answers that a learner has not seen yet."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BigIntegerField, Q
from django.urls import reverse

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from page_cache.prepared import Given, PreparedQuery
from quizzes.models import Attempt, Grade
from quizzes.queries.attempts import (
    may_have_changed_answers,
    unseen_changes,
    unseen_grades,
)
from quizzes.queries.corrections import AttemptHistory, ChangedQuestion

EnrolledLesson = tuple[int, UUID]

_LEARNER = Given("learner", BigIntegerField())
_GRADES = PreparedQuery(lambda: unseen_grades(_LEARNER).select_related("attempt"))
_CHANGES = PreparedQuery(lambda: unseen_changes(_LEARNER))


@dataclass(frozen=True)
class RegradeNotice:
    """The questions of a lesson that changed, and how many now count as right.

    `attempt` is the learner's last attempt. `result_url` is empty if the lesson is no
    longer live. `reason` is empty if nothing was marked again.
    """

    attempt: UUID
    lesson: str
    result_url: str
    at: datetime
    reason: str
    questions: list[ChangedQuestion]
    before: int
    now: int
    total: int

    @property
    def own_url(self) -> str:
        return reverse("result_of_attempt", args=[self.attempt])

    @property
    def seen_url(self) -> str:
        return reverse("regrade_seen", args=[self.attempt])

    @property
    def until(self) -> str:
        """The time up to which the notice covers changes, as its form sends it."""
        return self.at.isoformat()


def regrade_notices(
    learner: Learner,
    *,
    course: CoursePage | None = None,
    lesson: LessonPage | None = None,
    enrolled_lesson: EnrolledLesson | None = None,
) -> list[RegradeNotice]:
    """Return a notice for each lesson and enrolment that has news.

    `enrolled_lesson` is an enrolment and a lesson's key. Makes two queries if there is
    no news, otherwise nine. Nothing is written.
    """
    grades = _GRADES.all(learner=learner.pk)
    may_have = may_have_changed_answers()
    changes = _CHANGES.all(learner=learner.pk) if may_have else []
    if not (grades or changes):
        return []
    keys = {grade.attempt.lesson_key for grade in grades}
    keys |= {change.lesson_key for change in changes}
    if lesson:
        keys &= {lesson.translation_key}
    pages = _live_pages(keys)
    found = []
    for attempts in _enrolled_lessons(learner, keys, course, enrolled_lesson):
        history = AttemptHistory(attempts, changes, _is_known)
        if history:
            found.append(_notice(history, pages))
    return found


def _live_pages(keys: Collection[UUID]) -> dict[tuple[UUID, str], LessonPage]:
    lessons = LessonPage.objects.live().select_related("locale")
    return {
        (page.translation_key, page.locale.language_code): page
        for page in lessons.filter(translation_key__in=keys)
    }


def _enrolled_lessons(learner, keys, course, enrolled_lesson) -> list[list[Attempt]]:
    """Return the submitted attempts for each enrolment and lesson, in order."""
    matching = Q(lesson_key__in=keys)
    if course:
        matching &= Q(enrolment__course_key=course.translation_key)
    if enrolled_lesson:
        matching &= Q(enrolment=enrolled_lesson[0], lesson_key=enrolled_lesson[1])
    attempts = Attempt.objects.submitted().filter(matching, learner=learner)
    by_lesson = defaultdict(list)
    rows = attempts.select_related("paper").prefetch_related(
        "answers", "grades__paper", "grades__seen"
    )
    for attempt in rows.order_by("number"):
        by_lesson[attempt.enrolment_id, attempt.lesson_key].append(attempt)
    return list(by_lesson.values())


def _notice(history: AttemptHistory, pages: dict[tuple[UUID, str], LessonPage]):
    last, paper = history.last, history.paper
    page = pages.get((last.lesson_key, paper.locale))
    keys = set(paper.keys)
    return RegradeNotice(
        attempt=last.uuid,
        lesson=paper.title,
        result_url=page.get_url() + "quiz/result/" if page else "",
        at=history.at,
        reason=history.reason,
        questions=list(history.questions.values()),
        before=len(history.right_before & keys),
        now=len(history.right_now & keys),
        total=len(keys),
    )


def _is_known(grade: Grade) -> bool:
    return grade.run == 1 or hasattr(grade, "seen")
