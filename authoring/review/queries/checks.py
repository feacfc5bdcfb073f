"""The findings of all rules for a lesson in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from authoring.review.queries.lesson_text import (
    lesson_text,
    questions_to_check,
    quiz_text,
)
from course.models import CoursePage, GlossaryTerm, LessonPage, Source
from course.queries import courses_above, lessons_by_course, pages_within
from course.rules import lesson_rules, prose
from quizzes.rules import item_rules

_EVERYWHERE = {"treatment", "treatments", "lesson", "patient", "patients"}


@dataclass(frozen=True)
class Checks:
    """The reading grades of a lesson and its quiz, and the rules that they break."""

    lesson: lesson_rules.ReadingLevel
    quiz: lesson_rules.ReadingLevel
    findings: list[lesson_rules.LessonFinding]
    item_findings: list[item_rules.Finding]
    options: tuple[lesson_rules.ComparedOption, ...]

    @property
    def count(self) -> int:
        return len(self.findings) + len(self.item_findings)


def check_lesson(
    lesson: LessonPage,
    course: CoursePage,
    *,
    terms: Sequence[GlossaryTerm],
    earlier: Iterable[LessonPage],
    kinds: Mapping[str, str],
    today: dt.date,
) -> Checks:
    """Return the findings for the lesson, which only queries its FAQ and questions.

    `terms` are the course's, `kinds` maps the ids of its sources to their kinds of
    evidence, and `earlier` are the lessons before this one.
    """
    text = lesson_text(lesson, terms, earlier, kinds)
    quiz = quiz_text(lesson)
    return Checks(
        lesson=lesson_rules.reading_of(text.read, text.language),
        quiz=lesson_rules.reading_of(quiz, text.language),
        findings=lesson_rules.find_lesson_faults(
            text, next_check=lesson.next_check, today=today
        ),
        item_findings=item_rules.find_item_faults(
            questions_to_check(lesson), subject=_subject(course, terms)
        ),
        options=text.options,
    )


def _subject(course, terms) -> frozenset[str]:
    """Return words of the course's subject, which any option may use."""
    named = (course.title, *(term.term for term in terms))
    words = {word for text in named for word in prose.split_words(text.lower())}
    return frozenset(words | {f"{word}s" for word in words} | _EVERYWHERE)


def checks_of(lessons: Sequence[LessonPage], today: dt.date) -> list[Checks]:
    """Return the checks of lessons from any courses, in order, in 4 queries.

    Drafts are checked as they are in memory.
    """
    courses = courses_above(lessons)
    terms = defaultdict(list)
    for term in GlossaryTerm.objects.filter(course__in=set(courses)):
        terms[term.course_id].append(term)
    kinds = defaultdict(dict)
    for source in Source.objects.filter(course__in=set(courses)):
        kinds[source.course_id][source.handle] = source.kind_of_evidence
    taught = _taught_in(set(courses))
    return [
        check_lesson(
            lesson,
            course,
            terms=terms[course.pk],
            earlier=[page for page in taught[course] if page.path < lesson.path],
            kinds=kinds[course.pk],
            today=today,
        )
        for lesson, course in zip(lessons, courses, strict=True)
    ]


def _taught_in(courses: Collection[CoursePage]) -> dict[CoursePage, list[LessonPage]]:
    """Return the lessons of the courses, including drafts, in one query."""
    lessons = LessonPage.objects.filter(pages_within(courses)).only("path", "body")
    return lessons_by_course(courses, lessons.order_by("path"))
