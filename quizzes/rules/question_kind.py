"""The interface of a kind of question. Pure.

There is a class for each kind in `quizzes/kinds/`. Code elsewhere does not check which
kind a question is, but calls the kind's methods.
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
UNUSED = _("leave “%(what)s” blank for this kind of question.")
UNUSED_MATCH = _("leave “Belongs to” blank for this kind of question.")


@dataclass(frozen=True)
class Flaw:
    """Something to fix in a field or in an option.

    `option` is the number of the option from 1, or 0 for none. `fix` is in English, is
    translated when shown, and may contain `what`.
    """

    field: str
    fix: str
    option: int = 0
    what: str = ""


class QuestionKind(ABC):
    """A kind of question. Subclasses must implement all abstract methods.

    `label` is its name for authors, and `hint` tells learners what to do. `shape` is
    its structure in other systems, which `authoring` reads and writes.
    """

    name: str
    label: ClassVar[str]
    hint: ClassVar[str]
    for_authors: ClassVar[str]
    """How to fill in the fields of such a question, in a few sentences."""
    shape: ClassVar[Shape]

    option_fields: ClassVar[frozenset[str]] = frozenset({"right", "feedback"})
    """Those of `OPTION_PARTS` that its options have. Others must be blank."""
    question_fields: ClassVar[frozenset[str]] = frozenset()
    """Those of `SPECIAL_FIELDS` that the question has."""
    option_counts: ClassVar[tuple[int, int]]
    """The recommended minimum and maximum number of options (`option_count`)."""
    offers_options: ClassVar[bool] = True
    """Whether learners choose from the texts of the options."""
    is_shuffled: ClassVar[bool] = True
    """Whether options are shown in random order."""
    is_question: ClassVar[bool] = True
    """Whether the stem is a question, not a statement."""
    is_answered_in_words: ClassVar[bool] = False
    """Whether answers hold words, which are others in another language."""
    has_one_right_option: ClassVar[bool] = False
    fewest_alike: ClassVar[int] = 1
    """How many people must have given a wrong answer before statistics show it."""
    why_missing: ClassVar[str] = _("explain in “Feedback” why this is the answer.")

    @property
    def template(self) -> str:
        return f"quizzes/kinds/{self.name}.html"

    @property
    def feedback_template(self) -> str:
        return f"quizzes/kinds/{self.name}_feedback.html"

    # Asked and read

    @abstractmethod
    def controls(self, question: FrozenQuestion, posted: Posted | None) -> Any:
        """Return the controls for the template, filled in with what was posted."""

    @abstractmethod
    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        """Return the response. “I'm not sure yet” has been handled before.

        Raises UnusableAnswer, with a message that says what to do, or UnknownOption.
        """

    @abstractmethod
    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        """Return the fields that a form posts for this response."""

    def read_before(self, question: FrozenQuestion) -> Any:
        """Return what learners see of the options before they answer."""
        return {option.id: option.text for option in question.options}

    # Marked

    @abstractmethod
    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        """Return whether the response is right."""

    @abstractmethod
    def key(self, question: FrozenQuestion) -> Hashable:
        """Return the key. Questions with the same key are marked in the same way."""

    @abstractmethod
    def right_answer(self, question: FrozenQuestion) -> Hashable:
        """Return the right answer only, regardless of the other options."""

    @abstractmethod
    def right_response(self, question: FrozenQuestion) -> Response:
        """Return a right response."""

    @abstractmethod
    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        """Return some wrong responses, the most tempting one first."""

    # In words

    @abstractmethod
    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        """Return the parts of the response in words, or [] for “I'm not sure yet”."""

    @abstractmethod
    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        """Return the parts of the right answer in words."""

    def explained(self, question: FrozenQuestion, response: Response) -> Sequence[Any]:
        """Return the parts that the feedback explains, with the chosen ones first."""
        return ()

    def option_in_words(self, option: FrozenOption) -> str:
        return option.text

    # Statistics

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        """Return the wrong parts of the response, as values that can be counted."""
        return ()

    def possible_wrong_parts(self, question: FrozenQuestion) -> Iterable[str]:
        """Return the wrong parts that are known in advance, chosen or not."""
        return ()

    def part_in_words(self, question: FrozenQuestion, part: str) -> str:
        """Return a wrong part in words, or "" if the question no longer has it."""
        return part

    # Written

    @abstractmethod
    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        """Return what to fix before the question can be asked."""

    def option_count(self, question: FrozenQuestion) -> int:
        return len(question.options)

    def own_words(self, question: FrozenQuestion) -> Iterator[str]:
        """Yield the course's own words in the options, without false statements."""
        for option in question.options:
            yield option.text

    def option_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield what to fix in individual options."""
        for number, option in enumerate(question.options, start=1):
            if not option.text.strip():
                yield Flaw("options", _("enter its text."), number, "text")

    def feedback_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield missing feedback, on the options or on the question."""
        if "feedback" not in self.option_fields:
            if not question.feedback.strip():
                yield Flaw("feedback", self.why_missing)
            return
        for number, option in enumerate(question.options, start=1):
            if not option.feedback.strip():
                fix = (
                    _("explain why it is right.")
                    if option.right
                    else _("explain why it is wrong.")
                )
                yield Flaw("options", fix, number, "feedback")

    def unused_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        """Yield fields that are filled in but not used by this kind."""
        for name in sorted(SPECIAL_FIELDS - self.question_fields):
            if getattr(question, name):
                yield Flaw(name, UNUSED, what=name)
        for number, option in enumerate(question.options, start=1):
            if option.match.strip() and "match" not in self.option_fields:
                yield Flaw("options", UNUSED_MATCH, number, "match")

    def item_findings(self, question: FrozenQuestion) -> Iterator[tuple[str, str]]:
        """Yield rule and reason for each finding of rules specific to this kind."""
        return iter(())

    @property
    def is_right_marked(self) -> bool:
        """Whether right options are marked as such, not defined by their content."""
        return "right" in self.option_fields
