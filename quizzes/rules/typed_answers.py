"""The base of kinds with typed answers. Pure."""

from dataclasses import dataclass

from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import QuestionKind

# PostgreSQL cannot store NUL, and the others are invisible. Tabs and line ends are
# spaces.
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), 127])

LONGEST = 100
"""The maximum length of an answer, which fits into `Answer.text` and the cookies."""


@dataclass(frozen=True)
class TypedControl:
    """A text field with what was typed, and its unit."""

    value: str
    unit: str
    longest: int = LONGEST


class TypedKind(QuestionKind):
    """A kind with one text field for the answer."""

    option_fields = frozenset()
    offers_options = False
    is_shuffled = False
    fewest_alike = 3

    def controls(self, question: FrozenQuestion, posted: Posted | None) -> TypedControl:
        typed = posted.getlist("typed") if posted else []
        return TypedControl("".join(typed)[:LONGEST], question.unit)

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        typed = "".join(posted.getlist("typed")).translate(_CONTROLS)
        text = " ".join(typed.split())
        if not text:
            raise UnusableAnswer(_("Enter an answer, or choose “I'm not sure yet”."))
        if len(text) > LONGEST:
            raise UnusableAnswer(
                _("Enter a shorter answer, or choose “I'm not sure yet”.")
            )
        return Response(text=text)

    def read_before(self, question: FrozenQuestion) -> str:
        return question.unit

    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        return {"typed": [response.text]}

    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        return [response.text] if response.text else []

    def right_response(self, question: FrozenQuestion) -> Response:
        return Response(text=question.options[0].text)
