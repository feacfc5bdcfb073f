"""How a course is received by everybody who learns it, with an account or without."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Value,
    When,
)

from clarity.queries import ClarityCount, count_clarity
from course.models import CoursePage, LessonPage
from course.queries import live_lessons
from progress.models import LessonProgress
from quizzes.models import Attempt, Grade, Paper
from training.reports.rules.item_analysis import Pattern
from training.reports.rules.overview import (
    LessonFigures,
    OverviewLine,
    describe_lessons,
    find_most_missed,
)


@dataclass(frozen=True)
class LessonLine:
    """A lesson and its figures."""

    lesson: str
    figures: OverviewLine


@dataclass(frozen=True)
class MissedLine:
    """A question in its newest wording, and the share of people who missed it."""

    lesson: str
    question: str
    missed: float

    @property
    def per_cent(self) -> int:
        return round(self.missed * 100)


@dataclass(frozen=True)
class CourseOverview:
    """How a course is received: lessons in order, and what is missed most."""

    lessons: list[LessonLine]
    missed: list[MissedLine]


def course_overview(course: CoursePage) -> CourseOverview:
    """Return the course's overview, in seven queries for any number of people."""
    lessons = list(live_lessons(course).only("title", "translation_key"))
    figures = _figures_of(lessons)
    found = describe_lessons(list(figures.values()), _furthest(list(figures)))
    lines = zip(lessons, found, strict=True)
    return CourseOverview(
        lessons=[LessonLine(page.title, line) for page, line in lines],
        missed=_missed_lines(lessons, figures),
    )


def _figures_of(lessons: list[LessonPage]) -> dict[uuid.UUID, LessonFigures]:
    keys = [page.translation_key for page in lessons]
    people, finished = _people_by_lesson(keys), _finished_by_lesson(keys)
    patterns, clarity = _patterns_by_lesson(keys), count_clarity(keys)
    return {
        key: LessonFigures(
            people=people.get(key, 0),
            finished=finished.get(key, 0),
            patterns=tuple(patterns[key]),
            judged=clarity.get(key, ClarityCount()).people,
            clear=clarity.get(key, ClarityCount()).clear,
        )
        for key in keys
    }


def _people_by_lesson(keys):
    """Return lesson key → people with an answer, since that begins an attempt."""
    rows = Attempt.objects.filter(lesson_key__in=keys).order_by()
    counted = rows.values_list("lesson_key")
    return dict(counted.annotate(people=Count("learner", distinct=True)))


def _finished_by_lesson(keys):
    rows = LessonProgress.objects.done().filter(lesson_key__in=keys).order_by()
    counted = rows.values_list("lesson_key")
    return dict(counted.annotate(people=Count("enrolment__learner", distinct=True)))


def _furthest(keys) -> Counter[int]:
    """Return place of the last lesson answered in → people."""
    places = [When(lesson_key=key, then=Value(n)) for n, key in enumerate(keys)]
    if not places:
        return Counter()
    furthest = Max(Case(*places, output_field=IntegerField()))
    rows = Attempt.objects.filter(lesson_key__in=keys).order_by().values("learner")
    return Counter(
        rows.annotate(furthest=furthest).values_list("furthest", flat=True).iterator()
    )


def _patterns_by_lesson(keys) -> dict[uuid.UUID, list[Pattern]]:
    """Return lesson key → results of first attempts by their newest marks."""
    submitted = Attempt.objects.submitted().filter(lesson_key__in=keys)
    earlier = submitted.filter(
        lesson_key=OuterRef("lesson_key"),
        learner=OuterRef("learner"),
        number__lt=OuterRef("number"),
    )
    later = Grade.objects.filter(attempt=OuterRef("attempt"), run__gt=OuterRef("run"))
    first = submitted.filter(~Exists(earlier))
    rows = Grade.objects.filter(~Exists(later), attempt__in=first).order_by()
    counted = rows.values_list("attempt__lesson_key", "marks")
    found = defaultdict(list)
    for key, marks, people in counted.annotate(people=Count("pk")):
        kinds = {
            name: frozenset(marks[name]) for name in ("right", "wrong", "not_sure")
        }
        found[key].append(Pattern(**kinds, people=people))
    return found


def _missed_lines(lessons, figures) -> list[MissedLine]:
    words = _newest_wording(list(figures))
    titles = {page.translation_key: page.title for page in lessons}
    return [
        MissedLine(titles[key], stem, each.missed)
        for each in find_most_missed(figures.values())
        for key, stem in [words[each.key]]
    ]


def _newest_wording(keys) -> dict[str, tuple[uuid.UUID, str]]:
    """Return question key → its lesson's key and its words on the newest paper."""
    papers = Paper.objects.filter(lesson_key__in=keys).order_by("-created_at")
    words: dict[str, tuple[uuid.UUID, str]] = {}
    for paper in papers:
        for question in paper.content.questions:
            words.setdefault(question.key, (paper.lesson_key, question.stem))
    return words
