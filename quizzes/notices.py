"""Reads: what a learner has yet to be told about answers given before."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from quizzes.models import Attempt, Grade, Publication
from quizzes.paper import Question, Response, texts_of
from quizzes.queries import unseen_changes, unseen_grades
from quizzes.regrade_rules import is_other_answer, right_texts

Way = tuple[int, UUID]


@dataclass(frozen=True)
class ChangedQuestion:
    """A question whose right answer, or whose mark, is another one than before.

    `now` is empty where the question was taken out.
    """

    stem: str
    given: list[str]
    not_sure: bool
    before: list[str]
    now: list[str]
    was_right: bool
    is_right: bool

    @property
    def is_same_answer(self) -> bool:
        return self.before == self.now


@dataclass(frozen=True)
class RegradeNotice:
    """Which questions of a lesson changed, and how many count as right now.

    `attempt` names the learner's last one; `result_url` is empty where the lesson is
    no longer live. `reason` is empty where nothing was marked again.
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
        """The moment up to which this tells, as its form sends it back."""
        return self.at.isoformat()


def regrade_notices(
    learner: Learner,
    *,
    course: CoursePage | None = None,
    lesson: LessonPage | None = None,
    way: Way | None = None,
) -> list[RegradeNotice]:
    """Return one notice for each way through a lesson that there is news about.

    `way` is an enrolment and a lesson's key. Two queries where there is nothing to
    tell, else nine; nothing is written.
    """
    grades = list(unseen_grades(learner).select_related("attempt"))
    changes = list(unseen_changes(learner))
    if not (grades or changes):
        return []
    keys = {grade.attempt.lesson_key for grade in grades}
    keys |= {change.lesson_key for change in changes}
    if lesson:
        keys &= {lesson.translation_key}
    pages = _live_pages(keys)
    found = []
    for attempts in _ways(learner, keys, course, way):
        notice = _Way(attempts, changes, pages).notice()
        if notice:
            found.append(notice)
    return found


def _live_pages(keys: Collection[UUID]) -> dict[tuple[UUID, str], LessonPage]:
    lessons = LessonPage.objects.live().select_related("locale")
    return {
        (page.translation_key, page.locale.language_code): page
        for page in lessons.filter(translation_key__in=keys)
    }


def _ways(learner, keys, course, way) -> list[list[Attempt]]:
    """Return the submitted attempts of each enrolment on these lessons, in order."""
    wanted = Q(lesson_key__in=keys)
    if course:
        wanted &= Q(enrolment__course_key=course.translation_key)
    if way:
        wanted &= Q(enrolment=way[0], lesson_key=way[1])
    attempts = Attempt.objects.submitted().filter(wanted, learner=learner)
    by_way = defaultdict(list)
    rows = attempts.select_related("paper").prefetch_related(
        "answers", "grades__paper", "grades__seen"
    )
    for attempt in rows.order_by("number"):
        by_way[attempt.enrolment_id, attempt.lesson_key].append(attempt)
    return list(by_way.values())


class _Way:
    """One learner's attempts on a lesson, with what was changed since."""

    def __init__(
        self,
        attempts: list[Attempt],
        changes: list[Publication],
        pages: dict[tuple[UUID, str], LessonPage],
    ):
        self.attempts = attempts
        self.last = attempts[-1]
        self.paper = self.last.paper.content
        self.changes = [
            change
            for change in changes
            if change.lesson_key == self.last.lesson_key
            and change.locale == self.paper.locale
        ]
        self.grades = sorted(
            (grade for attempt in attempts for grade in attempt.grades.all()),
            key=lambda grade: (grade.graded_at, grade.run),
        )
        self.known = [grade for grade in self.grades if _is_known(grade)]
        self.news = [grade for grade in self.grades if not _is_known(grade)]
        self.page = pages.get((self.last.lesson_key, self.paper.locale))

    def notice(self) -> RegradeNotice | None:
        """Return what to tell; None where nothing that concerns them changed."""
        if not (self.news or self.changes):
            return None
        questions = self._changed_questions()
        if not (questions or self.news):
            return None
        keys = set(self.paper.keys)
        moments = [grade.graded_at for grade in self.news]
        moments += [change.published_at for change in self.changes]
        return RegradeNotice(
            attempt=self.last.uuid,
            lesson=self.paper.title,
            result_url=self.page.get_url() + "quiz/result/" if self.page else "",
            at=max(moments),
            reason=self.news[-1].reason if self.news else "",
            questions=questions,
            before=len(_right(self.known) & keys),
            now=len(_right(self.grades) & keys),
            total=len(keys),
        )

    def _changed_questions(self) -> list[ChangedQuestion]:
        was, now = _right(self.known), _right(self.grades)
        keys = {key for attempt in self.attempts for key in attempt.paper.content.keys}
        ordered = [key for key in self.paper.keys if key in keys]
        ordered += sorted(keys - set(ordered))
        found = (self._changed(key, key in was, key in now) for key in ordered)
        return [question for question in found if question]

    def _changed(self, key, was_right, is_right) -> ChangedQuestion | None:
        answer, asked = self._answered(key)
        if answer is None:
            return None
        newest = self._newest(key)
        is_other = self._is_changed(key) and newest and is_other_answer(asked, newest)
        if was_right == is_right and not is_other:
            return None
        return ChangedQuestion(
            stem=(newest or asked).stem,
            given=texts_of(asked, answer),
            not_sure=answer.not_sure,
            before=right_texts(asked),
            now=right_texts(newest) if newest else [],
            was_right=was_right,
            is_right=is_right,
        )

    def _answered(self, key) -> tuple[Response, Question] | tuple[None, None]:
        """Return the last answer to the question, and the question as it was asked."""
        for attempt in reversed(self.attempts):
            given = [a for a in attempt.answers.all() if str(a.question_key) == key]
            if given:
                last = max(given, key=lambda answer: answer.sequence)
                return last.response, attempt.paper.content.question(key)
        return None, None

    def _is_changed(self, key) -> bool:
        return any(key in change.changed_answers for change in self.changes)

    def _newest(self, key) -> Question | None:
        """Return the question as last published or marked; None if taken out since."""
        papers = [(grade.graded_at, grade.paper) for grade in self.news]
        papers += [(change.published_at, change.paper) for change in self.changes]
        newest = max(papers, key=lambda dated: dated[0])[1].content
        return newest.question(key) if key in newest.keys else None


def _is_known(grade: Grade) -> bool:
    return grade.run == 1 or hasattr(grade, "seen")


def _right(grades: list[Grade]) -> set[str]:
    """Return the question keys right in any attempt, by the newest run of each."""
    newest = {grade.attempt_id: grade for grade in sorted(grades, key=_run)}
    return {key for grade in newest.values() for key in grade.marks["right"]}


def _run(grade: Grade) -> int:
    return grade.run
