"""Results of attempts, based on the papers they were answered on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Learner
from course.models import CoursePage, LessonPage
from course.queries.first_language import choose_language
from languages.content import WordsIn, title_of
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from quizzes.queries.attempts import lesson_outcome, newest_answers
from quizzes.queries.corrections import AttemptHistory, ChangedQuestion, correction_of
from quizzes.queries.outline import CourseOutline
from quizzes.rules import marking
from quizzes.rules.paper import FrozenQuestion, Response


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question as it was asked, the answer, and whether it counts as right.

    `is_right` is about this answer, but another answer may be the one that counts.
    `changed` is set if the right answer or the mark was corrected since.
    """

    question: FrozenQuestion
    given: list[str]
    not_sure: bool
    key: list[str]
    is_right: bool
    is_understood: bool
    changed: ChangedQuestion | None


@dataclass(frozen=True)
class AttemptResult:
    """The result of an attempt and those before it on the same lesson."""

    title: str
    at: datetime
    questions: list[AnsweredQuestion]
    is_passed: bool
    correction: AttemptHistory | None

    @property
    def understood(self) -> int:
        return sum(each.is_understood for each in self.questions)


def result_of(attempt: Attempt) -> AttemptResult:
    """Return the result of a submitted attempt. Nothing is written.

    Makes five queries, and seven more if something was corrected since.
    """
    found = lesson_outcome(attempt)
    understood = {question.key for question in found.understood}
    answers = newest_answers(attempt)
    correction = correction_of(attempt)
    changed = correction.questions if correction else {}
    return AttemptResult(
        title=_title_on(attempt.paper.content),
        at=attempt.submitted_at,
        questions=[
            _answered(
                question,
                answers.get(question.key),
                question.key in understood,
                changed.get(question.key),
            )
            for question in attempt.paper.content.questions
        ],
        is_passed=found.is_passed,
        correction=correction,
    )


def _answered(question, answer, is_understood, changed):
    response = answer.response if answer else Response(())
    return AnsweredQuestion(
        question=question,
        given=kind_of(question).in_words(question, response),
        not_sure=response.not_sure,
        key=kind_of(question).right_in_words(question),
        is_right=marking.is_right(question, response),
        is_understood=is_understood,
        changed=changed,
    )


def address_of(attempt: Attempt, request: HttpRequest | None = None) -> str:
    """Return the address of the attempt's result, below its lesson if that is live."""
    pages = LessonPage.objects.live().filter(
        translation_key=attempt.lesson_key,
        locale__language_code=attempt.paper.locale,
    )
    page = pages.first()
    if page:
        return f"{page.get_url(request)}quiz/result/"
    return reverse("result_of_attempt", args=[attempt.uuid])


@dataclass(frozen=True)
class KeptResult:
    """A result whose lesson is no longer in the course in which it was started."""

    title: str
    course: str
    url: str
    at: datetime


def kept_results(
    learner: Learner, outlines: Iterable[CourseOutline]
) -> list[KeptResult]:
    """Return the learner's newest results that none of these outlines links to.

    Their lesson or course was taken offline, moved or deleted. Makes two queries.
    """
    shown = {
        (outline.course.translation_key, line.key)
        for outline in outlines
        for line in outline.lessons
    }
    attempts = Attempt.objects.submitted().filter(learner=learner)
    rows = attempts.select_related("paper", "enrolment").order_by("number")
    newest = {(row.enrolment.course_key, str(row.lesson_key)): row for row in rows}
    kept = [row for place, row in newest.items() if place not in shown]
    keys = {row.enrolment.course_key for row in kept}
    titles = _titles_of(keys) if keys else {}
    found = [_kept(row, titles.get(row.enrolment.course_key, "")) for row in kept]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _titles_of(courses):
    pages = CoursePage.objects.filter(translation_key__in=courses)
    chosen = choose_language(pages.select_related("locale"))
    return {key: title_of(page) for key, page in chosen.items()}


def _title_on(paper):
    return WordsIn(paper.title, paper.locale)


def _kept(row, course):
    return KeptResult(
        title=_title_on(row.paper.content),
        course=course,
        url=reverse("result_of_attempt", args=[row.uuid]),
        at=row.submitted_at,
    )
