"""What a kind of question answers for. Pure.

A class for each kind stands in `quizzes/kinds/`. Nothing outside asks which kind a
question is: it asks the kind.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from quizzes.rules.paper import FrozenOption, FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted
from quizzes.rules.posted_answers import collect_for_translation as _

Shape = Literal["choices", "steps", "number", "spellings", "pairs"]
SPECIAL_FIELDS = frozenset({"tolerance", "unit"})
"""Fields of a question that only some kinds have."""
OPTION_PARTS = frozenset({"right", "feedback", "match"})
"""Parts of an option, besides its text, that only some kinds have."""
UNUSED = _("a question of this kind has no “%(what)s”: leave it blank.")
UNUSED_MATCH = _("an option of this kind belongs to nothing: leave that blank.")


@dataclass(frozen=True)
class Flaw:
    """Something to fix: in which field, in which option (from 1; 0: none), and how.

    `fix` is in English, to be translated where it is shown, and names `what`.
    """

    field: str
    fix: str
    option: int = 0
    what: str = ""


class QuestionKind(ABC):
    """One kind of question. A subclass without one of the abstract methods is refused.

    `label` is its name for authors and `hint` what the learner is asked to do. `shape`
    says what it looks like to other systems: `authoring` writes and reads each shape.
    """

    name: str
    label: ClassVar[str]
    hint: ClassVar[str]
    for_authors: ClassVar[str]
    """What to write in the fields of such a question, in a sentence or two."""
    shape: ClassVar[Shape]

    option_fields: ClassVar[frozenset[str]] = frozenset({"right", "feedback"})
    """Which of `OPTION_PARTS` an option has: what else is filled in is a mistake."""
    question_fields: ClassVar[frozenset[str]] = frozenset()
    """Which of `SPECIAL_FIELDS` a question has."""
    option_counts: ClassVar[tuple[int, int]]
    """The fewest and the most options that are advised, as `option_count` counts."""
    offers_options: ClassVar[bool] = True
    """Whether the learner reads the options' texts and chooses among them."""
    is_shuffled: ClassVar[bool] = True
    """Whether options are shown in a drawn order."""
    is_question: ClassVar[bool] = True
    """Whether the stem is a question, and not a statement to judge."""
    has_one_right_option: ClassVar[bool] = False
    fewest_alike: ClassVar[int] = 1
    """How many people must have given a wrong answer before statistics show it."""
    why_missing: ClassVar[str] = _("write in “Feedback” why this is the answer.")

    @property
    def template(self) -> str:
        return f"quizzes/kinds/{self.name}.html"

    @property
    def feedback_template(self) -> str:
        return f"quizzes/kinds/{self.name}_feedback.html"

    # Asked and read

    @abstractmethod
    def controls(self, question: FrozenQuestion, posted: Posted | None) -> Any:
        """Return what the template shows as controls, filled in with what was posted."""

    @abstractmethod
    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        """Return what was answered; “not sure” is read before.

        Raises UnusableAnswer, which says what to do, and UnknownOption.
        """

    @abstractmethod
    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        """Return what a form posts that gives this response."""

    def read_before(self, question: FrozenQuestion) -> Any:
        """Return what of the options is read before answering, whatever is right."""
        return {option.id: option.text for option in question.options}

    # Marked

    @abstractmethod
    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        """Return whether the response is right."""

    @abstractmethod
    def key(self, question: FrozenQuestion) -> Hashable:
        """Return what decides about right and wrong: another key marks otherwise."""

    @abstractmethod
    def right_answer(self, question: FrozenQuestion) -> Hashable:
        """Return what is right, whatever else may be answered."""

    @abstractmethod
    def right_response(self, question: FrozenQuestion) -> Response:
        """Return a response that is right."""

    @abstractmethod
    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        """Return some responses that are not right, the most tempting one first."""

    # In words

    @abstractmethod
    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        """Return the response in words, part by part; [] for “not sure”."""

    @abstractmethod
    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        """Return what is right in words, part by part."""

    def explained(self, question: FrozenQuestion, response: Response) -> Sequence[Any]:
        """Return what the feedback explains part by part, the chosen parts first."""
        return ()

    def option_in_words(self, option: FrozenOption) -> str:
        return option.text

    # Statistics

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        """Return what of the response is wrong, each part in a form to be counted."""
        return ()

    def possible_wrong_parts(self, question: FrozenQuestion) -> Iterable[str]:
        """Return the wrong parts that are known beforehand, chosen or not."""
        return ()

    def part_in_words(self, question: FrozenQuestion, part: str) -> str:
        """Return a wrong part in words; "" for one that the question no longer has."""
        return part

    # Written

    @abstractmethod
    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        """Return why nobody can be asked it yet; [] if it can be asked."""

    def option_count(self, question: FrozenQuestion) -> int:
        return len(question.options)

    def own_words(self, question: FrozenQuestion) -> Iterator[str]:
        """Yield what the course itself says in its options: nothing that is not so."""
        for option in question.options:
            yield option.text

    def option_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield what is to be fixed in single options."""
        for number, option in enumerate(question.options, start=1):
            if not option.text.strip():
                yield Flaw("options", _("write its text."), number, "text")

    def feedback_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield where feedback is missing: on the options, or else on the question."""
        if "feedback" not in self.option_fields:
            if not question.feedback.strip():
                yield Flaw("feedback", self.why_missing)
            return
        for number, option in enumerate(question.options, start=1):
            if not option.feedback.strip():
                fix = (
                    _("write why it is right.")
                    if option.right
                    else _("write why it is wrong.")
                )
                yield Flaw("options", fix, number, "feedback")

    def unused_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield where something is filled in that this kind has no use for."""
        for name in sorted(SPECIAL_FIELDS - self.question_fields):
            if getattr(question, name):
                yield Flaw(name, UNUSED, what=name)
        for number, option in enumerate(question.options, start=1):
            if option.match.strip() and "match" not in self.option_fields:
                yield Flaw("options", UNUSED_MATCH, number, "match")

    def item_findings(self, question: FrozenQuestion) -> Iterator[tuple[str, str]]:
        """Yield rule and reason for each rule of item writing of this kind alone."""
        return iter(())

    @property
    def is_right_marked(self) -> bool:
        """Whether the right options are marked, and right does not lie in their words."""
        return "right" in self.option_fields
