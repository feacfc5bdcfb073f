"""What all rules say of one lesson, as it stands in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from authoring.lesson_text import items, lesson_text, quiz_text
from course import lesson_rules, prose
from course.models import CoursePage, GlossaryTerm, LessonPage
from quizzes import item_rules

_EVERYWHERE = {"treatment", "treatments", "lesson", "patient", "patients"}


@dataclass(frozen=True)
class Checks:
    """How a lesson and its quiz read, and which rules they break."""

    lesson: lesson_rules.Reading
    quiz: lesson_rules.Reading
    findings: list[lesson_rules.Finding]
    item_findings: list[item_rules.Finding]
    options: tuple[lesson_rules.Option, ...]

    @property
    def count(self) -> int:
        return len(self.findings) + len(self.item_findings)


def check(
    lesson: LessonPage,
    course: CoursePage,
    *,
    terms: Sequence[GlossaryTerm],
    earlier: Iterable[LessonPage],
    today: dt.date,
) -> Checks:
    """Return what the rules say of the lesson; reads only its own FAQ and questions.

    `terms` are those of the course, `earlier` the lessons before this one.
    """
    text = lesson_text(lesson, terms, earlier)
    quiz = quiz_text(lesson)
    return Checks(
        lesson=lesson_rules.reading_of(text.read, text.language),
        quiz=lesson_rules.reading_of(quiz, text.language),
        findings=lesson_rules.findings(text, next_check=lesson.next_check, today=today),
        item_findings=item_rules.findings(
            items(lesson), subject=_subject(course, terms)
        ),
        options=text.options,
    )


def _subject(course, terms) -> frozenset[str]:
    """Words of the course's subject, which may stand in any option."""
    named = (course.title, *(term.term for term in terms))
    words = {word for text in named for word in prose.words(text.lower())}
    return frozenset(words | {f"{word}s" for word in words} | _EVERYWHERE)


def checks_of(lessons: Sequence[LessonPage], today: dt.date) -> list[Checks]:
    """Return the checks of lessons of any courses, in their order, in 3 queries.

    Drafts are judged as they stand in memory.
    """
    paths = {lesson.path[: -lesson.steplen] for lesson in lessons}
    courses = CoursePage.objects.filter(path__in=paths)
    by_path = {course.path: course for course in courses}
    terms = defaultdict(list)
    for term in GlossaryTerm.objects.filter(course__in=by_path.values()):
        terms[term.course_id].append(term)
    taught = _taught_below(by_path)
    checked = []
    for lesson in lessons:
        course = by_path[lesson.path[: -lesson.steplen]]
        checked.append(
            check(
                lesson,
                course,
                terms=terms[course.pk],
                earlier=[p for p in taught[course.path] if p.path < lesson.path],
                today=today,
            )
        )
    return checked


def _taught_below(courses: Iterable[str]) -> dict[str, list[LessonPage]]:
    """Return the lessons of the courses at these paths, in one query."""
    below = Q(pk=None)
    for path in courses:
        below |= Q(path__startswith=path)
    found = defaultdict(list)
    for lesson in (
        LessonPage.objects.filter(below).only("path", "body").order_by("path")
    ):
        found[lesson.path[: -lesson.steplen]].append(lesson)
    return found
