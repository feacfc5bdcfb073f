"""Several options may be right. All of them, and no others, must be chosen."""

from quizzes.rules.choice_kind import ChoiceKind
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw


class MultipleResponse(ChoiceKind):
    label = _("Multiple response")
    hint = _("Choose all that apply.")
    for_authors = _(
        "Give three to six options, mark the right ones and explain each one. "
        "Learners must choose all the right options and no others."
    )
    option_counts = (3, 6)

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        response = super().read(posted, question)
        if not response.options:
            raise UnusableAnswer(
                _("Choose at least one answer, or choose “I'm not sure yet”.")
            )
        return response

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        right = [option.right for option in question.options]
        if len(right) < 2 or not any(right):
            return [
                Flaw(
                    "options",
                    _("Give at least two options and mark at least one as right."),
                )
            ]
        return []
