"""A paper: the questions of a lesson as they were asked, sealed for ever. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from course.rules.digests import digest_json, digest_text


@dataclass(frozen=True)
class FrozenOption:
    """One choice. `id` is the same in every language; answers name it, not its text.

    `match` is what belongs to the text, where pairs are asked for.
    """

    id: str
    text: str
    right: bool
    feedback: str
    match: str = ""


@dataclass(frozen=True)
class FrozenQuestion:
    """One question with all that marking it and explaining it takes.

    What `options` say about what is right is the kind's own (`quizzes/kinds/`).
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
    """All questions of a lesson and the rule by which it is passed.

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
        """Return the question with this key; KeyError if the paper has none."""
        return {question.key: question for question in self.questions}[key]


@dataclass(frozen=True)
class Response:
    """What a learner answered, or “not sure yet”: what it holds depends on the kind.

    `options` are option ids, in their order; `text` is what was typed; `pairs` are
    option ids, each with the text that was chosen to match it.
    """

    options: tuple[str, ...] = ()
    not_sure: bool = False
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def is_forgotten(self) -> bool:
        """Whether nothing is known of it: what was typed is gone with its learner."""
        return not (self.options or self.not_sure or self.text or self.pairs)


def to_payload(paper: FrozenPaper) -> dict[str, Any]:
    """Return the paper as plain values that JSON can carry."""
    return asdict(paper)


def from_payload(payload: dict[str, Any]) -> FrozenPaper:
    """Return the paper that `to_payload` wrote."""
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
    """Return the digest by which the paper is known."""
    return digest_json(to_payload(paper))


def draw_options(
    question: FrozenQuestion, seed: str, *, shuffled: bool
) -> FrozenQuestion:
    """Return the question with its options in the order that the seed gives.

    The same seed always gives the same order; an option added later does not
    move the others past each other.
    """
    if not shuffled:
        return question
    ordered = sorted(question.options, key=lambda option: _draw(seed, option.id))
    return replace(question, options=tuple(ordered))


def _draw(seed: str, option_id: str) -> str:
    return digest_text(f"{seed}:{option_id}")
