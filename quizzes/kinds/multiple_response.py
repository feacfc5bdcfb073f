"""Several options may be right; all of them and no other make it right."""

from quizzes.choice_kind import ChoiceKind
from quizzes.paper import Question, Response
from quizzes.reading import Posted, UnusableAnswer
from quizzes.reading import collect_for_translation as _


class MultipleResponse(ChoiceKind):
    label = _("Multiple response")
    hint = _("Choose all that apply.")
    option_counts = (3, 6)
    explains_all = True

    def read(self, posted: Posted, question: Question) -> Response:
        response = super().read(posted, question)
        if not response.options:
            raise UnusableAnswer(
                _("Choose at least one answer, or choose “I'm not sure yet”.")
            )
        return response

    def problems(self, question: Question) -> list[str]:
        right = [option.right for option in question.options]
        if len(right) < 2 or not any(right):
            return [_("Give at least two options and mark at least one as right.")]
        return []
