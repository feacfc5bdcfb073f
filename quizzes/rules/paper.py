"""Papers: the questions of a lesson as they were asked, frozen. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from course.rules.digests import digest_json, digest_text


@dataclass(frozen=True)
class FrozenOption:
    """An option. `id` is the same in every language, and answers refer to it.

    For pairs, `match` is what belongs to the text.
    """

    id: str
    text: str
    right: bool
    feedback: str
    match: str = ""


@dataclass(frozen=True)
class FrozenQuestion:
    """A question with all that is needed to mark and explain it.

    How `options` define what is right depends on the kind (`quizzes/kinds/`).
    """

    key: str
    handle: str
    kind: str
    stem: str
    critical: bool
    feedback: str
    sources: tuple[str, ...]
    answered_in: str
    options: tuple[FrozenOption, ...]
    tolerance: str = ""
    unit: str = ""


@dataclass(frozen=True)
class FrozenPaper:
    """All questions of a lesson and the rule for passing it.

    `pass_share` is the share of the questions in per cent, 0 to 100.
    """

    lesson_key: str
    locale: str
    title: str
    pass_share: int
    questions: tuple[FrozenQuestion, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.questions)

    def question(self, key: str) -> FrozenQuestion:
        """Return the question with this key. Raises KeyError if there is none."""
        return {question.key: question for question in self.questions}[key]


@dataclass(frozen=True)
class Response:
    """A learner's response, or “I'm not sure yet”. Its content depends on the kind.

    `options` are option ids in order, `text` is what was typed, and `pairs` are option
    ids, each with the text chosen as its match.
    """

    options: tuple[str, ...] = ()
    not_sure: bool = False
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def is_forgotten(self) -> bool:
        """Whether it is empty, because typed text was erased with its learner."""
        return not (self.options or self.not_sure or self.text or self.pairs)


def to_payload(paper: FrozenPaper) -> dict[str, Any]:
    """Return the paper as JSON values."""
    return asdict(paper)


def from_payload(payload: dict[str, Any]) -> FrozenPaper:
    """Return the paper from the values that `to_payload` returned."""
    questions = tuple(
        FrozenQuestion(
            **question
            | {
                "sources": tuple(question["sources"]),
                "options": tuple(
                    FrozenOption(**option) for option in question["options"]
                ),
            }
        )
        for question in payload["questions"]
    )
    return FrozenPaper(**payload | {"questions": questions})


def digest_paper(paper: FrozenPaper) -> str:
    """Return the digest that identifies the paper."""
    return digest_json(to_payload(paper))


def draw_options(
    question: FrozenQuestion, seed: str, *, shuffled: bool
) -> FrozenQuestion:
    """Return the question with its options in an order drawn by the seed.

    The same seed always gives the same order. Adding an option does not change the
    order of the others.
    """
    if not shuffled:
        return question
    ordered = sorted(question.options, key=lambda option: _draw(seed, option.id))
    return replace(question, options=tuple(ordered))


def _draw(seed: str, option_id: str) -> str:
    return digest_text(f"{seed}:{option_id}")
