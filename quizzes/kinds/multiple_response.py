"""Several options may be right; all of them and no other make it right."""

from collections.abc import Sequence

from quizzes.kinds.single_choice import is_right
from quizzes.paper import Question, Response
from quizzes.reading import Posted, UnusableAnswer, chosen
from quizzes.reading import collect_for_translation as _

LABEL = _("Multiple response")
HINT = _("Choose all that apply.")
EXPLAINS_ALL = True
SHUFFLED = True

__all__ = ["EXPLAINS_ALL", "HINT", "LABEL", "SHUFFLED", "is_right", "problems", "read"]


def read(posted: Posted, question: Question) -> Response:
    options = chosen(posted, question)
    if not options:
        raise UnusableAnswer(
            _("Choose at least one answer, or choose “I'm not sure yet”.")
        )
    return Response(options)


def problems(right: Sequence[bool]) -> list[str]:
    if len(right) < 2 or not any(right):
        return [_("Give at least two options and mark at least one as right.")]
    return []
