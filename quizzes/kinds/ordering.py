"""Put the options in order. They are stored in the right order."""

from collections.abc import Hashable, Sequence

from quizzes.rules.choice_kind import Choice
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw, QuestionKind


class Ordering(QuestionKind):
    label = _("Put in order")
    hint = _("Number the steps, or move them up and down.")
    for_authors = _(
        "List the steps in the right order. Explain in “Feedback” why this is the "
        "order."
    )
    shape = "steps"
    option_fields = frozenset()
    option_counts = (3, 6)
    why_missing = _("explain in “Feedback” why this is the order.")

    def controls(self, question: FrozenQuestion, posted: Posted | None) -> list[Choice]:
        if posted is None:
            return [Choice(option.id, option.text) for option in question.options]
        texts = {option.id: option.text for option in question.options}
        moved = "".join(posted.getlist("move")).partition(":")[0]
        return [
            Choice(option, texts[option], place=place, is_moved=option == moved)
            for option, place in arrange_options(posted, question).items()
        ]

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        places = {
            option.id: "".join(posted.getlist(f"place-{option.id}")).strip()
            for option in question.options
        }
        if sorted(places.values()) != [str(n + 1) for n in range(len(places))]:
            raise UnusableAnswer(
                _("Give each step a different number, or choose “I'm not sure yet”.")
            )
        return Response(tuple(sorted(places, key=lambda option: int(places[option]))))

    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        numbered = enumerate(response.options, start=1)
        return {f"place-{option}": [str(number)] for number, option in numbered}

    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        return response.options == self.key(question)

    def key(self, question: FrozenQuestion) -> Hashable:
        return tuple(option.id for option in question.options)

    def right_answer(self, question: FrozenQuestion) -> Hashable:
        return self.key(question)

    def right_response(self, question: FrozenQuestion) -> Response:
        return Response(tuple(option.id for option in question.options))

    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        right = [option.id for option in question.options]
        return [
            Response((*right[:n], right[n + 1], right[n], *right[n + 2 :]))
            for n in range(len(right) - 1)
        ]

    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        texts = {option.id: option.text for option in question.options}
        return [texts[option] for option in response.options]

    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        return [option.text for option in question.options]

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        if len(question.options) > 1:
            return []
        return [Flaw("options", _("Give at least two options to put in order."))]


def arrange_options(posted: Posted, question: FrozenQuestion) -> dict[str, str]:
    """Return the options in the order shown, each with its number.

    A posted `move` of “<option>:up” or “<option>:down” moves the option one place and
    renumbers them all. If all of them have numbers, these are applied first.
    """
    shown = [
        name.removeprefix("place-") for name in posted if name.startswith("place-")
    ]
    own = {option.id for option in question.options}
    ids = [option for option in shown if option in own]
    ids += [option.id for option in question.options if option.id not in ids]
    moved, _colon, direction = "".join(posted.getlist("move")).partition(":")
    if moved not in own:
        return {option: "".join(posted.getlist(f"place-{option}")) for option in ids}
    ids = _as_numbered(posted, ids)
    place = ids.index(moved)
    target = min(max(place + (1 if direction == "down" else -1), 0), len(ids) - 1)
    ids.insert(target, ids.pop(place))
    return {option: str(number) for number, option in enumerate(ids, start=1)}


def _as_numbered(posted: Posted, ids: list[str]) -> list[str]:
    typed = {
        "".join(posted.getlist(f"place-{option}")).strip(): option for option in ids
    }
    numbers = [str(number) for number in range(1, len(ids) + 1)]
    return [typed[number] for number in numbers] if set(typed) == set(numbers) else ids
