"""What the quiz's templates are given: plain values, nothing to look up."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from course.markers import handles_in
from course.models import CoursePage, Source
from course.queries import sources_by_handle
from quizzes import kinds, marking
from quizzes.forms import NOT_SURE, new_client_uuid
from quizzes.models import Answer
from quizzes.notices import RegradeNotice
from quizzes.paper import Option, Question, Response
from quizzes.queries import Outcome, Sitting
from quizzes.reading import Posted


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
    """One question to answer, with what was posted kept in it."""

    template: ClassVar[str] = "quizzes/question.html"

    question: Question
    number: int
    total: int
    answered: int
    choices: list[Choice]
    hint: str
    not_sure: bool
    seen: str
    client_uuid: str
    problem: str

    @classmethod
    def of(
        cls,
        sitting: Sitting,
        key: str,
        *,
        posted: Posted | None = None,
        problem: str = "",
    ) -> "QuestionPage":
        question = sitting.shown(key)
        return cls(
            question=question,
            number=sitting.number_of(key),
            total=sitting.total,
            answered=len(sitting.answers),
            choices=choices_of(question, posted),
            hint=kinds.named(question.kind).HINT,
            not_sure=bool(posted) and NOT_SURE in posted.getlist("choice"),
            # What was posted goes out again, or a stale tab would turn fresh here.
            seen=_posted_once(posted, "seen") or "0",
            client_uuid=_posted_once(posted, "client_uuid") or new_client_uuid(),
            problem=problem,
        )

    @property
    def kind_template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}.html"

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"href": "#choice-1", "text": gettext(self.problem)}]


def _posted_once(posted, name):
    return "".join(posted.getlist(name)[:1]) if posted else ""


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
    option: Option
    is_chosen: bool


@dataclass(frozen=True)
class FeedbackPage:
    """What was answered, what is right, and why."""

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
    is_last: bool

    @classmethod
    def of(cls, sitting: Sitting, key: str, course: CoursePage) -> "FeedbackPage":
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
            is_last=not sitting.unanswered,
        )

    @property
    def kind_template(self) -> str:
        return f"quizzes/kinds/{self.question.kind}_feedback.html"

    @property
    def passage(self) -> str:
        """The fragment of the lesson's address that answers the question."""
        return passage_of(self.question)


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
        ExplainedOption(option, option.id in response.options)
        for option in question.options
        if explain_all or option.right or option.id in response.options
    ]
    return sorted(shown, key=lambda explained: not explained.is_chosen)


def texts_of(question, response):
    """Return the texts of the options given, in their order."""
    texts = {option.id: option.text for option in question.options}
    return [texts[option] for option in response.options]


def cited_by(question):
    """Return the ids of the sources that the question and its feedback cite."""
    texts = " ".join([question.feedback, *(o.feedback for o in question.options)])
    return list(dict.fromkeys([*question.sources, *handles_in(texts)]))


@dataclass(frozen=True)
class ResultPage:
    """What is understood and what to look at again, never a wrong option alone."""

    template: ClassVar[str] = "quizzes/result.html"

    understood: list[Question]
    again: list[dict[str, Any]]
    is_passed: bool
    notices: list[RegradeNotice]

    @classmethod
    def of(cls, outcome: Outcome, notices: list[RegradeNotice]) -> "ResultPage":
        return cls(
            understood=list(outcome.understood),
            again=[
                {"stem": question.stem, "passage": passage_of(question)}
                for question in outcome.again
            ],
            is_passed=outcome.is_passed,
            notices=notices,
        )

    @property
    def total(self) -> int:
        return len(self.understood) + len(self.again)


@dataclass(frozen=True)
class StalePage:
    """The answer that was kept and the one that came later, to choose between."""

    template: ClassVar[str] = "quizzes/stale.html"

    question: Question
    number: int
    total: int
    saved: list[str]
    sent: list[str]
    saved_not_sure: bool
    sent_not_sure: bool
    seen: int
    client_uuid: str
    posted: list[tuple[str, str]]

    @classmethod
    def of(cls, stale: Any, posted: Any) -> "StalePage":
        saved: Answer = stale.saved
        sent: Response = stale.sent
        question = stale.sitting.paper.question(str(saved.question_key))
        return cls(
            question=question,
            number=stale.sitting.number_of(question.key),
            total=stale.sitting.total,
            saved=texts_of(question, saved.response),
            sent=texts_of(question, sent),
            saved_not_sure=saved.not_sure,
            sent_not_sure=sent.not_sure,
            seen=saved.sequence,
            client_uuid=new_client_uuid(),
            posted=_answer_fields(posted),
        )


def _answer_fields(posted):
    """Return the posted fields that make up the answer, to be sent once more."""
    return [
        (name, value)
        for name in posted
        if name == "choice" or name.startswith("place-")
        for value in posted.getlist(name)
    ]
