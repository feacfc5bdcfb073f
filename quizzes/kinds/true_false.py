"""A statement that is true or false. The two options keep their order."""

from quizzes.rules.choice_kind import ChoiceKind
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw


class TrueFalse(ChoiceKind):
    label = _("True or false")
    hint = _("Choose one answer.")
    for_authors = _(
        "Write a statement. Give the options True and False, mark one as right and "
        "explain each one."
    )
    option_counts = (2, 2)
    is_shuffled = False
    is_question = False

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        response = super().read(posted, question)
        if len(response.options) != 1:
            raise UnusableAnswer(_("Choose one answer, or choose “I'm not sure yet”."))
        return response

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        right = [option.right for option in question.options]
        if len(right) != 2 or sum(right) != 1:
            return [
                Flaw("options", _("Give two options and mark exactly one as right."))
            ]
        return []
