"""The outline of a course: its lessons, a learner's progress, and what comes next."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries import course_of, has_paused_quiz, live_lessons
from course.queries.first_language import as_read, original_of
from languages.content import WordsIn
from page_cache.memory import recall_frozen_part
from progress.queries import lesson_progress
from progress.rules.completion import count_done, fifths_done, minutes_left
from quizzes.models import Attempt
from quizzes.queries.requirements import lessons_still_required
from quizzes.queries.safety import questions_due


@dataclass(frozen=True)
class CourseOutlineLesson:
    """A lesson in the outline. `state` is not-started, started, again or done.

    “again” means finished, but still required by a room above. `update_due` is how many
    questions a change for safety asks again. `is_paused` is true if the lesson is so
    long past its review date that its quiz is closed.
    """

    key: str
    title: str
    summary: str
    url: str
    minutes: int
    position: int
    question_count: int
    is_paused: bool
    has_safety_change: bool = False
    state: str = "not-started"
    update_due: int = 0

    @property
    def quiz_url(self) -> str:
        return f"{self.url}quiz/"

    @property
    def start_url(self) -> str:
        """Where the quiz begins or goes on, without a redirect at the beginning."""
        is_new = self.state == "not-started"
        return f"{self.quiz_url}1/" if is_new else self.quiz_url

    @property
    def read_url(self) -> str:
        return f"{self.url}read/"

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def is_asked_again(self) -> bool:
        return self.state == "again"

    @property
    def fifths_open(self) -> int:
        """How far its doorway is open, from 0 to 5: two fifths once it is begun."""
        return {"not-started": 0, "done": 5}.get(self.state, 2)


@dataclass(frozen=True)
class CourseOutline:
    """The live lessons of a course in order, with the learner's progress.

    `completed_at` is when the learner completed the course. `is_begun` is true if they
    did anything in it, even in lessons that are no longer live.
    """

    course: CoursePage
    course_url: str
    lessons: list[CourseOutlineLesson]
    open_quizzes: list[str]
    completed_at: datetime | None = None
    is_begun: bool = False
    page_key: str = ""

    @cached_property
    def current(self) -> CourseOutlineLesson | None:
        return next((line for line in self.lessons if line.key == self.page_key), None)

    @property
    def previous(self) -> CourseOutlineLesson | None:
        return self._neighbour(-1)

    @property
    def next(self) -> CourseOutlineLesson | None:
        return self._neighbour(1)

    def _neighbour(self, step):
        if self.current is None:
            return None
        index = self.current.position - 1 + step
        return self.lessons[index] if 0 <= index < self.total else None

    @property
    def total(self) -> int:
        return len(self.lessons)

    @cached_property
    def done(self) -> int:
        return count_done(self._done_keys, [line.key for line in self.lessons])

    @property
    def minutes_left(self) -> int:
        minutes = {line.key: line.minutes for line in self.lessons}
        return minutes_left(self._done_keys, minutes)

    @cached_property
    def _done_keys(self):
        return {line.key for line in self.lessons if line.is_done}

    @property
    def has_started(self) -> bool:
        return any(line.state != "not-started" for line in self.lessons)

    @property
    def complete(self) -> bool:
        return bool(self.lessons) and self.done == self.total

    @property
    def came_later(self) -> int:
        """How many lessons a learner who completed the course has not finished."""
        if self.completed_at is None:
            return 0
        return sum(line.state in ("not-started", "started") for line in self.lessons)

    @property
    def is_asked_again(self) -> bool:
        """Whether a finished lesson is still required by a room above."""
        return any(line.is_asked_again for line in self.lessons)

    @property
    def fifths_done(self) -> int:
        """How far the doorway of the course is open, from 0 to 5."""
        return fifths_done(self.done, self.total)

    @cached_property
    def resumed(self) -> CourseOutlineLesson | None:
        """The lesson whose quiz the learner stopped in, or the next one to do."""
        lines = {line.key: line for line in self.lessons}
        stopped = [lines[key] for key in self.open_quizzes if key in lines]
        waiting = [line for line in self.lessons if not line.is_done]
        open_ones = [line for line in stopped if not line.is_paused]
        return next(iter(open_ones + waiting + self.lessons), None)

    @property
    def has_open_quiz(self) -> bool:
        return any(line.key in self.open_quizzes for line in self.lessons)

    @property
    def resume_url(self) -> str:
        """Where the learner continues: the quiz they stopped in, or the next lesson."""
        line = self.resumed
        if line is None:
            return self.course_url
        is_open = line.key in self.open_quizzes and not line.is_paused
        return line.quiz_url if is_open else line.url


def course_outline(page: CoursePage | LessonPage, learner: Learner | None, request):
    """Return the outline of the page's course.

    For any number of lessons, this makes one query without a learner (two if the page
    was not routed to; two more if the site has several languages) and two more with one; of pages that are read, the first is
    remembered. There are up to three more if lessons changed for safety, and those of
    rooms above for learners with an account.
    """
    course = page if isinstance(page, CoursePage) else course_of(page)
    lessons = recall_frozen_part(
        ("outline", course.pk), lambda: tuple(_lessons_in(course, request))
    )
    rows = lesson_progress(learner, course.translation_key) if learner else {}
    completed_at = next((row.enrolment.completed_at for row in rows.values()), None)
    states = _states(rows, learner, course, request) if rows else {}
    return CourseOutline(
        course=course,
        course_url=course.get_url(request),
        lessons=_with_states(lessons, states, _questions_due(lessons, rows, learner)),
        # Few pages ask where to go on.
        open_quizzes=SimpleLazyObject(lambda: open_quizzes(learner) if rows else []),
        completed_at=completed_at,
        is_begun=bool(rows),
        page_key=str(page.translation_key),
    )


def _lessons_in(course, request):
    """Yield the lessons as they are for somebody who has done nothing.

    They are those of the course's first language, in the reader's where they are live
    in it.
    """
    lessons = as_read(
        _with_counts(live_lessons(original_of(course))),
        _with_counts(LessonPage.objects),
    )
    today = timezone.localdate()
    for position, lesson in enumerate(lessons, start=1):
        yield CourseOutlineLesson(
            key=str(lesson.translation_key),
            title=WordsIn(lesson.title, lesson.language),
            summary=WordsIn(lesson.main_message, lesson.language),
            url=lesson.get_url(request),
            minutes=lesson.minutes,
            position=position,
            question_count=lesson.question_count,
            is_paused=has_paused_quiz(lesson, today, course),
            has_safety_change=lesson.safety_changed_at is not None,
        )


def _with_counts(lessons):
    # A body may be 100 kB, and the outline does not need it.
    return lessons.defer("body", "in_short").annotate(
        language=F("locale__language_code"),
        question_count=Count("questions", filter=Q(questions__review_status="")),
    )


def _with_states(lessons, states, due):
    begun = {
        place: replace(lesson, state=states[lesson.key], update_due=due[lesson.key])
        for place, lesson in enumerate(lessons)
        if lesson.key in states
    }
    return [begun.get(place, lesson) for place, lesson in enumerate(lessons)]


def _questions_due(lessons, rows, learner):
    """Return lesson key → how many questions a change for safety asks again."""
    changed = [UUID(lesson.key) for lesson in lessons if lesson.has_safety_change]
    due = questions_due(learner, changed) if rows and changed else {}
    return Counter({str(key): len(questions) for key, questions in due.items()})


def _states(progress, learner, course, request):
    """Return lesson key → state for the lessons that the learner has started."""
    required = lessons_still_required(
        learner=learner, course_key=course.translation_key, request=request
    )

    def state(row):
        if not row.is_done:
            return "started"
        return "again" if str(row.lesson_key) in required else "done"

    return {str(key): state(row) for key, row in progress.items()}


def open_quizzes(learner):
    """Return the keys of lessons with an open quiz of the learner, newest first."""
    attempts = (
        Attempt.objects.open()
        .filter(learner=learner)
        .annotate(touched_at=Max("answers__given_at"))
    )
    newest_first = sorted(
        attempts, key=lambda a: a.touched_at or a.started_at, reverse=True
    )
    return [str(attempt.lesson_key) for attempt in newest_first]
