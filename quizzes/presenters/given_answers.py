"""Answers in words, each with a form that sends it, to choose between."""

from dataclasses import dataclass
from typing import ClassVar

from quizzes.forms.answers import fields_of, hidden_fields, names_for
from quizzes.kinds import kind_of
from quizzes.queries.attempts import AttemptState
from quizzes.rules.paper import FrozenQuestion, Response


@dataclass(frozen=True)
class GivenAnswer:
    """An answer in words, and the fields of a form that sends it."""

    texts: list[str]
    not_sure: bool
    fields: list[tuple[str, str]]

    @classmethod
    def of(
        cls, question: FrozenQuestion, response: Response, names: str
    ) -> "GivenAnswer":
        sent = fields_of(question, response)
        fields = [(names + name, v) for name in sent for v in sent.getlist(name)]
        words = kind_of(question).in_words(question, response)
        return cls(words, response.not_sure, fields)


@dataclass(frozen=True)
class StalePage:
    """The saved answer and the one sent later, to choose between."""

    template: ClassVar[str] = "quizzes/stale.html"
    has_record: ClassVar[bool] = True

    question: FrozenQuestion
    number: int
    hidden: dict[str, str]
    saved: GivenAnswer
    sent: GivenAnswer

    @classmethod
    def of(cls, state: AttemptState, key: str, sent: Response) -> "StalePage":
        question, saved = state.paper.question(key), state.answers[key]
        names = names_for(state, key)
        return cls(
            question=question,
            number=state.number_of(key),
            hidden=hidden_fields(state, key, seen=saved.sequence),
            saved=GivenAnswer.of(question, saved.response, names),
            sent=GivenAnswer.of(question, sent, names),
        )
