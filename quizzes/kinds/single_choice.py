"""One right option among several."""

from collections.abc import Sequence

from quizzes.paper import Question, Response
from quizzes.reading import Posted, UnusableAnswer, chosen, key_of
from quizzes.reading import collect_for_translation as _

LABEL = _("Single choice")
HINT = _("Choose one answer.")
EXPLAINS_ALL = False
SHUFFLED = True


def read(posted: Posted, question: Question) -> Response:
    options = chosen(posted, question)
    if len(options) != 1:
        raise UnusableAnswer(_("Choose one answer, or choose “I'm not sure yet”."))
    return Response(options)


def is_right(question: Question, response: Response) -> bool:
    return frozenset(response.options) == key_of(question)


def problems(right: Sequence[bool]) -> list[str]:
    if len(right) < 2 or sum(right) != 1:
        return [_("Give at least two options and mark exactly one as right.")]
    return []
