"""How long, hard and well sourced a course is, in figures."""

# ruff: noqa: RUF002 -- an en dash joins two names.

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authoring.review.queries.lesson_text import (
    lesson_text,
    questions_to_check,
    quiz_text,
    shown_texts,
)
from course.models import CoursePage, LessonPage, Source
from course.queries import lessons_by_course, live_lessons, pages_within
from course.rules import dale_chall, phone_length, prose
from course.rules.lesson_rules import reading_of
from course.rules.markers import MARKER, without_markers
from quizzes.rules.guessing import LIMIT, shares_right

WORDS_A_MINUTE = 150
MINUTES_A_QUESTION = 0.5


@dataclass(frozen=True)
class LessonMeasures:
    """The figures of a lesson.

    `words`, `minutes`, `phone_heights` (how many screens of a phone) and `citations` are about what readers see before they
    unfold anything; minutes include the quiz. Grades are about the whole text, and
    those of the quiz are about stems, options and feedback.
    """

    lesson: str
    words: int
    questions: int
    minutes: float
    phone_heights: float
    citations: int
    grade: float | None
    smog: float | None
    lix: float
    dale_chall: float | None
    quiz_grade: float | None
    quiz_dale_chall: float | None


def measure_lesson(lesson: LessonPage) -> LessonMeasures:
    """Return the figures of a lesson in memory. Only queries its FAQ and questions."""
    shown = [(kind, [t for t in texts if t]) for kind, texts in shown_texts(lesson)]
    seen = [(kind, list(map(without_markers, texts))) for kind, texts in shown]
    words = sum(len(prose.split_words(t)) for _kind, texts in seen for t in texts)
    questions = len(questions_to_check(lesson))
    text, quiz = lesson_text(lesson, [], []), quiz_text(lesson)
    reading = reading_of(text.read, text.language)
    asked = reading_of(quiz, text.language)
    return LessonMeasures(
        lesson=lesson.slug,
        words=words,
        questions=questions,
        minutes=round(words / WORDS_A_MINUTE + questions * MINUTES_A_QUESTION, 1),
        phone_heights=round(
            phone_length.estimate_height(seen) / phone_length.PHONE_HEIGHT, 1
        ),
        citations=sum(_citing_paragraphs(texts) for _kind, texts in shown),
        grade=_rounded(reading.grade),
        smog=_rounded(reading.smog),
        lix=round(reading.lix, 1),
        dale_chall=_familiarity(text.read, reading),
        quiz_grade=_rounded(asked.grade),
        quiz_dale_chall=_familiarity(quiz, asked),
    )


def _citing_paragraphs(texts: Iterable[str]) -> int:
    return sum(bool(MARKER.search(text)) for text in texts)


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 1)


def _familiarity(text, reading) -> float | None:
    """Return the Dale–Chall score, or None for languages without a Flesch grade."""
    is_english = reading.grade is not None
    return round(dale_chall.dale_chall_score(text), 1) if is_english else None


def measure_course(course: CoursePage) -> dict[str, Any]:
    """Return all figures of a course's live lessons, ready for JSON."""
    lessons = list(live_lessons(course).select_related("locale"))
    measures = [measure_lesson(lesson) for lesson in lessons]
    return {
        "course": course.slug,
        "words": sum(measure.words for measure in measures),
        "minutes": round(sum(measure.minutes for measure in measures), 1),
        "lessons": [vars(measure) for measure in measures],
        "guessing": measure_guessing(lessons),
        "guessing_limit": LIMIT,
        "sources": [_of_source(source) for source in course.sources.all()],
    }


def measure_guessing(lessons: Sequence[LessonPage]) -> dict[str, float]:
    """Return strategy → the share of the lessons' questions that it gets right."""
    questions = [q for lesson in lessons for q in questions_to_check(lesson)]
    shares = shares_right(questions)
    return {name: round(share, 2) for name, share in shares.items()}


def guessing_in(courses: Iterable[CoursePage]) -> dict[CoursePage, dict[str, float]]:
    """Return course → the shares of `measure_guessing`, in 2 queries."""
    asked = list(set(courses))
    lessons = LessonPage.objects.live().filter(pages_within(asked))
    by_course = lessons_by_course(asked, lessons.prefetch_related("questions"))
    return {course: measure_guessing(own) for course, own in by_course.items()}


def _of_source(source: Source) -> dict[str, Any]:
    return {
        "id": source.handle,
        "url": source.url,
        "has_own_page": has_own_page(source.url),
        "last_seen": source.last_seen.isoformat() if source.last_seen else None,
        "interest": source.interest,
    }


def has_own_page(url: str) -> bool:
    """Return whether the address leads further than to a site's home page."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)
