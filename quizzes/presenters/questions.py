"""Prepare plain values for the quiz's templates."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from course.rules.markers import handles_in
from quizzes.forms.answers import (
    NOT_SURE,
    fields_of,
    hidden_fields,
    names_for,
    read_response,
)
from quizzes.kinds import kind_of
from quizzes.queries.attempts import AttemptState
from quizzes.rules import marking
from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer


@dataclass(frozen=True)
class QuestionPage:
    """A question to answer, filled in with what was sent or saved.

    `names` is the prefix of control names and `at` that of ids; both are unique to the
    question. `is_over` is true if the quiz takes no more answers, and `is_next` if the
    question stands below the feedback on another one. `unanswered` are the keys of the
    questions that are still asked, for a phone that goes on without a network.
    """

    template: ClassVar[str] = "quizzes/question.html"
    is_part: ClassVar[bool] = False

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
    is_next: bool = False
    unanswered: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        state: AttemptState,
        key: str,
        draft: Any = None,
        *,
        is_checked: bool = False,
        is_next: bool = False,
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
            is_next=is_next,
            unanswered=state.unanswered,
        )

    @property
    def has_record(self) -> bool:
        """Whether the person has begun something, so that the phone may keep it."""
        return bool(self.hidden["has_record"])

    @property
    def level(self) -> int:
        """The level of the heading that asks the question."""
        return 2 if self.is_next else 1

    @property
    def steps(self) -> list[str]:
        return steps_of(self.total, self.answered, self.number)

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


def steps_of(total: int, answered: int, now: int = 0) -> list[str]:
    """Return “done”, “now” or "" for each question, to be drawn in a row.

    `now` is the number of the question asked, or 0. The answered ones are drawn first,
    whichever they are: the row says how many, as the words next to it do.
    """
    steps = ["done" if n <= answered else "" for n in range(1, total + 1)]
    if answered < total and now > answered:
        steps[answered] = "now"
    return steps


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
