"""Put the options in order. They are stored in the right order."""

from collections.abc import Hashable, Sequence

from quizzes.rules.choice_kind import Choice
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw, QuestionKind


class Ordering(QuestionKind):
    label = _("Put in order")
    hint = _("Move the steps up or down until the order is right.")
    for_authors = _(
        "List the steps in the right order. Explain in “Feedback” why this is the "
        "order."
    )
    shape = "steps"
    option_fields = frozenset()
    option_counts = (3, 6)
    why_missing = _("explain in “Feedback” why this is the order.")

    def controls(self, question: FrozenQuestion, posted: Posted | None) -> list[Choice]:
        texts = {option.id: option.text for option in question.options}
        if posted is None:
            return [Choice(option, text) for option, text in texts.items()]
        moved = "".join(posted.getlist("move")).partition(":")[0]
        return [
            Choice(option, texts[option], is_moved=option == moved)
            for option in arrange_options(posted, question)
        ]

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        order = posted.getlist("order")
        if sorted(order) != sorted(option.id for option in question.options):
            raise UnusableAnswer(
                _("Put each step in its place once, or choose “I'm not sure yet”.")
            )
        return Response(tuple(order))

    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        return {"order": list(response.options)}

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


def arrange_options(posted: Posted, question: FrozenQuestion) -> list[str]:
    """Return the ids of the options in the order posted.

    A posted `move` of “<option>:up” or “<option>:down” moves the option one place.
    """
    own = [option.id for option in question.options]
    ids = [option for option in dict.fromkeys(posted.getlist("order")) if option in own]
    ids += [option for option in own if option not in ids]
    moved, _colon, direction = "".join(posted.getlist("move")).partition(":")
    if moved in ids:
        place = ids.index(moved)
        target = min(max(place + (1 if direction == "down" else -1), 0), len(ids) - 1)
        ids.insert(target, ids.pop(place))
    return ids
