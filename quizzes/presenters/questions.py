"""Prepare plain values for the quiz's templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from course.models import CoursePage, Source
from course.queries import sources_by_handle
from course.rules.markers import handles_in
from quizzes.forms.answers import (
    NOT_SURE,
    fields_of,
    hidden_fields,
    names_for,
    read_response,
)
from quizzes.kinds import kind_of
from quizzes.queries.attempts import AttemptState, LessonOutcome
from quizzes.queries.corrections import AttemptHistory, ChangedQuestion
from quizzes.queries.notices import RegradeNotice
from quizzes.rules import marking
from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer


@dataclass(frozen=True)
class QuestionPage:
    """A question to answer, filled in with what was sent or saved.

    `names` is the prefix of control names and `at` that of ids; both are unique to the
    question. `is_over` is true if the quiz takes no more answers.
    """

    template: ClassVar[str] = "quizzes/question.html"

    question: FrozenQuestion
    number: int
    total: int
    answered: int
    controls: Any
    hint: str
    not_sure: bool
    names: str
    hidden: dict[str, str]
    problem: str
    is_answered: bool
    is_draft: bool
    is_over: bool

    @classmethod
    def of(
        cls,
        state: AttemptState,
        key: str,
        draft: Any = None,
        *,
        is_checked: bool = False,
    ) -> "QuestionPage":
        """Return the page, filled in with `draft` and validated if `is_checked`."""
        question = state.shown(key)
        filled = draft.sent if draft else _kept(question, state.answers.get(key))
        return cls(
            question=question,
            number=state.number_of(key),
            total=state.total,
            answered=len(state.answers),
            controls=kind_of(question).controls(question, filled),
            hint=kind_of(question).hint,
            not_sure=bool(filled) and NOT_SURE in filled.getlist("choice"),
            names=names_for(state, key),
            # Send the same fields again, or a stale tab would become up to date here.
            hidden=hidden_fields(state, key) | (draft.hidden if draft else {}),
            problem=_problem(question, filled) if draft and is_checked else "",
            is_answered=key in state.answers,
            is_draft=draft is not None,
            is_over=state.is_over,
        )

    @property
    def at(self) -> str:
        return f"q-{self.question.key}-"

    @property
    def problem_id(self) -> str:
        return f"{self.at}problem"

    @property
    def kind_template(self) -> str:
        return kind_of(self.question).template

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"href": f"#{self.at}choice-1", "text": gettext(self.problem)}]


def _kept(question, answer):
    return answer and fields_of(question, answer.response)


def _problem(question, sent):
    """Return the error in what was sent, in English, or ""."""
    try:
        read_response(sent, question)
    except UnusableAnswer as problem:
        return str(problem)
    except UnknownOption:
        return ""
    return ""


@dataclass(frozen=True)
class FeedbackPage:
    """The answer, what is right and why. `changed` is set if corrected since."""

    template: ClassVar[str] = "quizzes/feedback.html"

    question: FrozenQuestion
    number: int
    total: int
    answered: int
    verdict: str
    explained: Sequence[Any]
    given: list[str]
    right: list[str]
    sources: list[Source]
    next_number: int | None
    changed: ChangedQuestion | None

    @classmethod
    def of(
        cls,
        state: AttemptState,
        key: str,
        course: CoursePage,
        changed: ChangedQuestion | None,
    ) -> "FeedbackPage":
        question = state.paper.question(key)
        response, kind = state.answers[key].response, kind_of(question)
        return cls(
            question=question,
            number=state.number_of(key),
            total=state.total,
            answered=len(state.answers),
            verdict=verdict_of(question, response),
            explained=kind.explained(state.shown(key), response),
            given=kind.in_words(question, response),
            right=kind.right_in_words(question),
            sources=sources_by_handle(course, cited_by(question)),
            next_number=_next_number(state),
            changed=changed,
        )

    @property
    def kind_template(self) -> str:
        return kind_of(self.question).feedback_template

    @property
    def passage(self) -> str:
        """The fragment of the passage that answers the question."""
        return passage_of(self.question)


def _next_number(state):
    """Return the number of the first question without an answer, or None."""
    return next((state.number_of(key) for key in state.unanswered), None)


def passage_of(question: FrozenQuestion) -> str:
    """Return the fragment that leads to the passage or FAQ entry, or ""."""
    if question.answered_in.startswith("faq:"):
        return "#faq-" + question.answered_in.removeprefix("faq:")
    return question.answered_in


def verdict_of(question, response):
    """Return “right”, “not-right” or “not-sure”."""
    if response.not_sure:
        return "not-sure"
    return "right" if marking.is_right(question, response) else "not-right"


def cited_by(question):
    """Return the ids of the sources cited in the question, its options and feedback."""
    options = [text for o in question.options for text in (o.text, o.match, o.feedback)]
    cited = handles_in(" ".join([question.feedback, *options]))
    return list(dict.fromkeys([*question.sources, *cited]))


@dataclass(frozen=True)
class ResultPage:
    """What was understood and what to look at again.

    `course_key` is the course in which it counts, since the lesson may have moved.
    """

    template: ClassVar[str] = "quizzes/result.html"

    understood: list[FrozenQuestion]
    again: list[dict[str, Any]]
    is_passed: bool
    notices: list[RegradeNotice]
    correction: AttemptHistory | None
    course_key: UUID
    own_url: str

    @classmethod
    def of(
        cls,
        outcome: LessonOutcome,
        notices: list[RegradeNotice],
        correction: AttemptHistory | None,
    ) -> "ResultPage":
        return cls(
            understood=list(outcome.understood),
            again=[
                {"stem": question.stem, "passage": passage_of(question)}
                for question in outcome.again
            ],
            is_passed=outcome.is_passed,
            notices=notices,
            correction=correction,
            course_key=outcome.attempt.enrolment.course_key,
            own_url=reverse("result_of_attempt", args=[outcome.attempt.uuid]),
        )

    @property
    def total(self) -> int:
        return len(self.understood) + len(self.again)
