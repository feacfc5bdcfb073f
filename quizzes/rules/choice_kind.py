"""The base of kinds that offer options with the right ones marked. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.rules.paper import FrozenOption, FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, key_of, ticked_options
from quizzes.rules.question_kind import QuestionKind


@dataclass(frozen=True)
class Choice:
    """An option in the form. `is_moved` is true for a step that was just moved."""

    id: str
    text: str
    ticked: bool = False
    is_moved: bool = False


@dataclass(frozen=True)
class ExplainedOption:
    """An option in feedback. `is_answered` is false for “I'm not sure yet”."""

    option: FrozenOption
    is_chosen: bool
    is_answered: bool

    @property
    def is_folded(self) -> bool:
        """Whether its reason is only shown to those who ask for it."""
        return not (self.is_chosen or self.option.right)

    @property
    def is_rightly_left_out(self) -> bool:
        return self.is_answered and not (self.is_chosen or self.option.right)


class ChoiceKind(QuestionKind):
    """Options to tick. All the right ones, and no others, must be ticked."""

    shape = "choices"

    def controls(self, question: FrozenQuestion, posted: Posted | None) -> list[Choice]:
        ticked = posted.getlist("choice") if posted else []
        return [Choice(o.id, o.text, ticked=o.id in ticked) for o in question.options]

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        return Response(ticked_options(posted, question))

    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        return {"choice": list(response.options)}

    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        return frozenset(response.options) == key_of(question)

    def key(self, question: FrozenQuestion) -> Hashable:
        return frozenset((option.id, option.right) for option in question.options)

    def right_answer(self, question: FrozenQuestion) -> Hashable:
        return key_of(question)

    def right_response(self, question: FrozenQuestion) -> Response:
        return Response(tuple(o.id for o in question.options if o.right))

    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        right = self.right_response(question).options
        wrong = [option.id for option in question.options if not option.right]
        picked = [{*right[:-1], option} for option in wrong]
        return [
            Response(tuple(o.id for o in question.options if o.id in ids))
            for ids in picked
        ]

    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        texts = {option.id: option.text for option in question.options}
        return [texts[option] for option in response.options]

    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        return [option.text for option in question.options if option.right]

    def explained(
        self, question: FrozenQuestion, response: Response
    ) -> Sequence[ExplainedOption]:
        shown = [
            ExplainedOption(o, o.id in response.options, not response.not_sure)
            for o in question.options
        ]
        return sorted(
            shown, key=lambda explained: (not explained.is_chosen, explained.is_folded)
        )

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        return set(response.options) & set(self.possible_wrong_parts(question))

    def possible_wrong_parts(self, question: FrozenQuestion) -> Iterable[str]:
        return [option.id for option in question.options if not option.right]

    def part_in_words(self, question: FrozenQuestion, part: str) -> str:
        return {o.id: o.text for o in question.options}.get(part, "")

    def own_words(self, question: FrozenQuestion) -> Iterator[str]:
        for option in question.options:
            if option.right:
                yield option.text
