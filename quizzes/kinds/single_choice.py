"""One right option among several."""

from quizzes.rules.choice_kind import ChoiceKind
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw


class SingleChoice(ChoiceKind):
    label = _("Single choice")
    hint = _("Choose one answer.")
    for_authors = _(
        "Give three or four options, mark one as right and explain each one."
    )
    option_counts = (3, 4)
    has_one_right_option = True

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        response = super().read(posted, question)
        if len(response.options) != 1:
            raise UnusableAnswer(_("Choose one answer, or choose “I'm not sure yet”."))
        return response

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        right = [option.right for option in question.options]
        if len(right) < 2 or sum(right) != 1:
            return [
                Flaw(
                    "options",
                    _("Give at least two options and mark exactly one as right."),
                )
            ]
        return []
