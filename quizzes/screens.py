"""What the quiz's templates are given: plain values, nothing to look up."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from course.markers import handles_in
from course.models import CoursePage, Source
from course.queries import sources_by_handle
from quizzes import kinds, marking
from quizzes.corrections import ChangedQuestion, History
from quizzes.forms import (
    NOT_SURE,
    fields_of,
    hidden_fields,
    names_for,
    read_response,
)
from quizzes.notices import RegradeNotice
from quizzes.paper import Option, Question, texts_of
from quizzes.queries import Outcome, Sitting
from quizzes.reading import UnknownOption, UnusableAnswer


@dataclass(frozen=True)
class Choice:
    """An option as the form shows it; `place` is the number typed beside it."""

    id: str
    text: str
    ticked: bool = False
    place: str = ""
    is_moved: bool = False


@dataclass(frozen=True)
class QuestionPage:
    """One question to answer, with what was sent or is kept filled in.

    `names` comes before each name of a control, `at` before each id: both belong to
    this question alone. `is_over` is true when the quiz takes no more answers.
    """

    template: ClassVar[str] = "quizzes/question.html"

    question: Question
    number: int
    total: int
    answered: int
    choices: list[Choice]
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
        cls, sitting: Sitting, key: str, draft: Any = None, *, is_checked: bool = False
    ) -> "QuestionPage":
        """Return the page; `draft` was sent before, and is checked where asked for."""
        question = sitting.shown(key)
        filled = draft.sent if draft else _kept(question, sitting.answers.get(key))
        return cls(
            question=question,
            number=sitting.number_of(key),
            total=sitting.total,
            answered=len(sitting.answers),
            choices=choices_of(question, filled),
            hint=kinds.named(question.kind).HINT,
            not_sure=bool(filled) and NOT_SURE in filled.getlist("choice"),
            names=names_for(sitting, key),
            # What was sent goes out again, or a stale tab would turn fresh here.
            hidden=hidden_fields(sitting, key) | (draft.hidden if draft else {}),
            problem=_problem(question, filled) if draft and is_checked else "",
            is_answered=key in sitting.answers,
            is_draft=draft is not None,
            is_over=sitting.is_over,
        )

    @property
    def at(self) -> str:
        return f"q-{self.question.key}-"

    @property
    def problem_id(self) -> str:
        return f"{self.at}problem"

    @property
    def kind_template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}.html"

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"href": f"#{self.at}choice-1", "text": gettext(self.problem)}]


def _kept(question, answer):
    return answer and fields_of(question, answer.response)


def _problem(question, sent):
    """Return what is wrong with what was sent, in English, or ""."""
    try:
        read_response(sent, question)
    except UnusableAnswer as problem:
        return str(problem)
    except UnknownOption:
        return ""
    return ""


def choices_of(question, posted):
    """Return the options as the form shows them, with what was posted kept."""
    if posted is None:
        return [Choice(option.id, option.text) for option in question.options]
    kind = kinds.named(question.kind)
    if hasattr(kind, "arranged"):
        return _arranged(question, kind, posted)
    ticked = posted.getlist("choice")
    return [Choice(o.id, o.text, ticked=o.id in ticked) for o in question.options]


def _arranged(question, kind, posted):
    texts = {option.id: option.text for option in question.options}
    places = kind.arranged(posted, question)
    moved = "".join(posted.getlist("move")).partition(":")[0]
    return [
        Choice(option, texts[option], place=place, is_moved=option == moved)
        for option, place in places.items()
    ]


@dataclass(frozen=True)
class ExplainedOption:
    """An option in feedback; `is_answered` is false for “I'm not sure yet”."""

    option: Option
    is_chosen: bool
    is_answered: bool

    @property
    def is_rightly_left_out(self) -> bool:
        return self.is_answered and not (self.is_chosen or self.option.right)


@dataclass(frozen=True)
class FeedbackPage:
    """What was answered, what is right, and why; `changed` if corrected since."""

    template: ClassVar[str] = "quizzes/feedback.html"

    question: Question
    number: int
    total: int
    answered: int
    verdict: str
    options: list[ExplainedOption]
    given: list[str]
    in_order: list[str]
    sources: list[Source]
    next_number: int | None
    changed: ChangedQuestion | None

    @classmethod
    def of(
        cls,
        sitting: Sitting,
        key: str,
        course: CoursePage,
        changed: ChangedQuestion | None,
    ) -> "FeedbackPage":
        question = sitting.paper.question(key)
        response = sitting.answers[key].response
        return cls(
            question=question,
            number=sitting.number_of(key),
            total=sitting.total,
            answered=len(sitting.answers),
            verdict=verdict_of(question, response),
            options=explained_in(sitting.shown(key), response),
            given=texts_of(question, response),
            in_order=[option.text for option in question.options],
            sources=sources_by_handle(course, cited_by(question)),
            next_number=_next_number(sitting),
            changed=changed,
        )

    @property
    def kind_template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}_feedback.html"

    @property
    def passage(self) -> str:
        """The fragment of the lesson's address that answers the question."""
        return passage_of(self.question)


def _next_number(sitting):
    """Return the number of the first question without an answer, or None."""
    return next((sitting.number_of(key) for key in sitting.unanswered), None)


def passage_of(question: Question) -> str:
    """Return the fragment that leads to the passage or FAQ entry, or ""."""
    if question.answered_in.startswith("faq:"):
        return "#faq-" + question.answered_in.removeprefix("faq:")
    return question.answered_in


def verdict_of(question, response):
    """Return right, not-right or not-sure."""
    if response.not_sure:
        return "not-sure"
    return "right" if marking.is_right(question, response) else "not-right"


def explained_in(question, response):
    """Return the options worth explaining, the chosen ones first."""
    explain_all = kinds.named(question.kind).EXPLAINS_ALL
    shown = [
        ExplainedOption(option, option.id in response.options, not response.not_sure)
        for option in question.options
        if explain_all or option.right or option.id in response.options
    ]
    return sorted(shown, key=lambda explained: not explained.is_chosen)


def cited_by(question):
    """Return the ids of the sources that the question and its feedback cite."""
    texts = " ".join([question.feedback, *(o.feedback for o in question.options)])
    return list(dict.fromkeys([*question.sources, *handles_in(texts)]))


@dataclass(frozen=True)
class ResultPage:
    """What is understood and what to look at again, never a wrong option alone.

    `course_key` is the course in which it counts: the lesson may have been moved since.
    """

    template: ClassVar[str] = "quizzes/result.html"

    understood: list[Question]
    again: list[dict[str, Any]]
    is_passed: bool
    notices: list[RegradeNotice]
    correction: History | None
    course_key: UUID
    own_url: str

    @classmethod
    def of(
        cls,
        outcome: Outcome,
        notices: list[RegradeNotice],
        correction: History | None,
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
