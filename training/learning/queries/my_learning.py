"""What people are asked to learn, as they see it themselves. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Learner
from progress.models import Enrolment
from quizzes.queries.outline import open_quizzes
from training.assignments.models import ExceptionEntry, Obligation, Status
from training.assignments.queries.completions import completion_lines
from training.assignments.queries.contents import CourseContent, course_contents
from training.assignments.queries.learning import learning_in, obligations_of
from training.assignments.rules.lesson_status import LessonStatus, lesson_statuses
from training.assignments.rules.satisfaction import (
    Learning,
    Requirement,
    lessons_added_since,
)
from training.certificates.queries.certificates import certificates_of
from training.learning.queries.items import LearningItem, LearningLesson, MyLearning


def my_learning(
    learner: Learner | None, at: dt.datetime, request: HttpRequest
) -> MyLearning:
    """Return everything the learner is asked to learn, in at most eighteen queries."""
    if learner is None:
        return MyLearning()
    rows = without_renewed(obligations_of(learner, at))
    return MyLearning(
        items=items_of(rows, learner, at, request),
        certificates=certificates_of(learner, at),
        elsewhere=completion_lines(learner.completions_elsewhere.all()),
    )


def items_of(
    rows: list[Obligation], learner: Learner, at: dt.datetime, request: HttpRequest
) -> list[LearningItem]:
    """Return what is done and left of each, for the learner; at most 11 queries."""
    keys = {row.assignment.course_key for row in rows}
    reader = _Reader(
        learner=learner,
        contents=course_contents(keys, request, timezone.localdate(at)),
        learning=_learning(learner, keys),
        entries=_entries(rows, at),
        open_quizzes=open_quizzes(learner),
    )
    return [reader.item(row) for row in rows]


def without_renewed(rows: list[Obligation]) -> list[Obligation]:
    """Leave out expired cycles that are followed by a later one."""
    newest: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        key = (row.assignment_id, row.learner_id)
        newest[key] = max(newest[key], row.cycle)
    return [
        row
        for row in rows
        if row.status != Status.EXPIRED
        or row.cycle == newest[row.assignment_id, row.learner_id]
    ]


def _entries(rows, at):
    found = defaultdict(list)
    entries = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=[row.pk for row in rows]
    )
    for entry in entries.select_related("deputy__user").order_by("starts_at", "pk"):
        found[entry.obligation_id].append(entry)
    return found


def _learning(learner, course_keys):
    enrolments = Enrolment.objects.filter(
        learner=learner, course_key__in=course_keys
    ).order_by("cycle")
    found = defaultdict(list)
    for enrolment, learning in learning_in(enrolments):
        found[enrolment.course_key].append((enrolment, learning))
    return found


def _title_of(assignment, content):
    """Return the title of the assignment, in the language of the course if that is its."""
    is_courses = content and content.first_title == assignment.title
    return content.first_title if is_courses else assignment.title


@dataclass(frozen=True)
class _Reader:
    """Everything read up front, from which each item is built."""

    learner: Learner
    contents: dict[uuid.UUID, CourseContent]
    learning: dict[uuid.UUID, list[tuple[Enrolment, Learning]]]
    entries: dict[int, list[ExceptionEntry]]
    open_quizzes: list[str]

    def item(self, row: Obligation) -> LearningItem:
        content = self.contents.get(row.assignment.course_key)
        lessons = self._lessons(row, content) if content else []
        return LearningItem(
            obligation=row,
            title=_title_of(row.assignment, content),
            course_title=content.title if content else row.assignment.title,
            course_url=content.url if content else "",
            lessons=lessons,
            exceptions=self.entries[row.pk],
            resume_url=self._resume_url(lessons),
            is_mine=row.learner_id == self.learner.pk,
            completed_before=self._completed_before(row),
        )

    def _lessons(self, row, content):
        more = sum(entry.extra_attempts or 0 for entry in self.entries[row.pk])
        required = Requirement.from_json(row.requirement).with_more_attempts(more)
        history = self.learning[row.assignment.course_key]
        done = history[-1][1].lessons if history else {}
        asked = [
            page
            for page in content.lessons
            if not required.lesson_keys or page.key in required.lesson_keys
        ]
        keys = [page.key for page in asked]
        by = {enrolment.pk: each.finished for enrolment, each in history}
        later = lessons_added_since(required, by.get(row.satisfied_by_id, ()), keys)
        statuses = lesson_statuses(required, done, keys, self._asked_since(row))
        return [
            LearningLesson(
                key=page.key,
                title=page.title,
                url=page.url,
                status=statuses[page.key],
                has_attempt=bool(page.key in done and done[page.key].tries),
                is_paused=page.is_paused and statuses[page.key] != LessonStatus.DONE,
                came_later=page.key in later,
            )
            for page in asked
        ]

    def _asked_since(self, row):
        """Return since when it concerns the learner; for a deputy, the hand-over."""
        if row.learner_id == self.learner.pk:
            return row.opens_at
        taken = [e.starts_at for e in self.entries[row.pk] if e.deputy == self.learner]
        return max(taken)

    def _resume_url(self, lessons):
        """Return the last open quiz, or the next lesson; empty if there is none."""
        waiting = {
            line.key: line for line in lessons if not (line.is_done or line.is_paused)
        }
        for key in self.open_quizzes:
            if key in waiting:
                return f"{waiting[key].url}quiz/"
        fresh = [line.url for line in waiting.values() if not line.must_be_repeated]
        return fresh[0] if fresh else ""

    def _completed_before(self, row):
        """Return when the course was completed before this cycle, if it was."""
        if row.requirement["prior_counts"]:
            return None
        done = [
            enrolment.completed_at
            for enrolment, _learning in self.learning[row.assignment.course_key]
            if enrolment.completed_at and enrolment.completed_at < row.opens_at
        ]
        return max(done, default=None)
