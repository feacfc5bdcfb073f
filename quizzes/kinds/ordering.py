"""Put the options in order. They are stored in the right one."""

from collections.abc import Sequence

from quizzes.paper import Question, Response
from quizzes.reading import Posted, UnusableAnswer
from quizzes.reading import collect_for_translation as _

LABEL = _("Put in order")
HINT = _("Number the steps, or move them up and down.")
SHUFFLED = True


def read(posted: Posted, question: Question) -> Response:
    places = {
        option.id: "".join(posted.getlist(f"place-{option.id}")).strip()
        for option in question.options
    }
    if sorted(places.values()) != [str(n + 1) for n in range(len(places))]:
        raise UnusableAnswer(
            _("Give each step its own number, or choose “I'm not sure yet”.")
        )
    return Response(tuple(sorted(places, key=lambda option: int(places[option]))))


def is_right(question: Question, response: Response) -> bool:
    return response.options == tuple(option.id for option in question.options)


def problems(right: Sequence[bool]) -> list[str]:
    return [] if len(right) > 1 else [_("Give at least two options to put in order.")]
