"""What a changed paper means for earlier answers. Pure and exact.

A choice only affects questions that changed: those whose kind or key differs, and those
that were removed. All others keep their marks.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from quizzes.kinds import kind_of
from quizzes.rules.marking import Marks, is_passed, is_right
from quizzes.rules.paper import FrozenPaper, FrozenQuestion, Response
from quizzes.rules.question_comparison import (
    answer_differs,
    is_same_key,
    is_same_question,
)

Choice = Literal["keep", "full_credit", "both_right", "new_only", "re_mark"]
Effect = Literal["unchanged", "rises", "falls", "drops"]

LEAVES_ALONE: frozenset[Choice] = frozenset({"keep", "new_only"})


@dataclass(frozen=True)
class PaperChange:
    """The differences between two papers of a lesson that affect marking.

    `questions` holds the keys of changed questions in the earlier paper. `rule` is true
    if the pass share or the critical questions differ.
    """

    questions: frozenset[str]
    rule: bool

    def __bool__(self) -> bool:
        return self.rule or bool(self.questions)

    def touches(self, asked: Collection[str]) -> bool:
        """Return whether the result of an attempt on these questions may change."""
        return self.rule or not self.questions.isdisjoint(asked)


def change_between(before: FrozenPaper, now: FrozenPaper) -> PaperChange:
    """Return what changed. Wording, feedback and new questions do not count."""
    new = {question.key: question for question in now.questions}
    kept = [question for question in before.questions if question.key in new]
    return PaperChange(
        questions=frozenset(
            question.key
            for question in before.questions
            if question.key not in new or not is_same_key(question, new[question.key])
        ),
        rule=before.pass_share != now.pass_share
        or any(question.critical != new[question.key].critical for question in kept),
    )


def change_for(
    own: FrozenPaper, before: FrozenPaper | None, now: FrozenPaper
) -> PaperChange:
    """Return what changed for an attempt on this paper, in whichever language it is.

    `before` is the paper that was live until now; if it is None, the own paper is
    compared. In another language, a question changed if it asked the same as before.
    What is answered in words has right answers of its own in each language.
    """
    change = change_between(before or own, now)
    if own.locale == now.locale:
        return change
    if before:
        old = {question.key: question for question in before.questions}
        bound = [q for q in own.questions if q.key in old]
        bound = [q for q in bound if is_same_question(old[q.key], q)]
    else:
        bound = [q for q in own.questions if q.key in now.keys]
    return replace(
        change,
        questions=change.questions
        & {q.key for q in bound if not kind_of(q).is_answered_in_words},
    )


def changed_answers(
    before: FrozenPaper, now: FrozenPaper, *, by_words: bool
) -> list[str]:
    """Return the keys of questions in both papers whose right answer differs."""
    old = {question.key: question for question in before.questions}
    return [
        question.key
        for question in now.questions
        if question.key in old
        and answer_differs(old[question.key], question, by_words=by_words)
    ]


def regrade_marks(
    marks: Marks,
    asked: Iterable[str],
    responses: Mapping[str, Response],
    *,
    changed: Collection[str],
    now: FrozenPaper,
    choice: Choice,
) -> Marks:
    """Return the marks of an attempt after this choice.

    `responses` holds the last response to each changed question that was asked. Raises
    KeyError if one is missing. Removed questions, and typed answers that were erased,
    keep their marks unless everybody gets full credit.
    """
    verdicts = _verdicts(marks)
    if choice in LEAVES_ALONE:
        return marks
    for key in set(verdicts) & set(changed):
        new = now.question(key) if key in now.keys else None
        verdicts[key] = _verdict(verdicts[key], new, responses[key], choice)
    return Marks(
        *(
            tuple(key for key in asked if verdicts.get(key) == verdict)
            for verdict in ("right", "wrong", "not_sure")
        )
    )


def _verdicts(marks: Marks) -> dict[str, str]:
    return {
        **dict.fromkeys(marks.right, "right"),
        **dict.fromkeys(marks.wrong, "wrong"),
        **dict.fromkeys(marks.not_sure, "not_sure"),
    }


def _verdict(
    before: str, new: FrozenQuestion | None, response: Response, choice: Choice
) -> str:
    if choice == "full_credit":
        return "right"
    if new is None or response.is_forgotten:
        return before
    if is_right(new, response):
        return "right"
    if choice == "both_right":
        return before
    return "not_sure" if response.not_sure else "wrong"


def passes_either_rule(
    own: FrozenPaper, now: FrozenPaper, right: Collection[str]
) -> bool:
    """Return whether the questions of the own paper are passed by either rule."""
    return is_passed(own, right) or is_passed(_under(own, now), right)


def passes_by_new_rule(
    own: FrozenPaper, now: FrozenPaper, right: Collection[str]
) -> bool:
    """Return whether the questions of the own paper are passed by the new rule."""
    return is_passed(_under(own, now), right)


def _under(own: FrozenPaper, now: FrozenPaper) -> FrozenPaper:
    """Return the own questions with the pass share and critical questions of `now`."""
    critical = {question.key: question.critical for question in now.questions}
    return replace(
        own,
        pass_share=now.pass_share,
        questions=tuple(
            replace(question, critical=critical.get(question.key, question.critical))
            for question in own.questions
        ),
    )


@dataclass(frozen=True)
class MarkedOutcome:
    """The outcome of an attempt: right answers, and whether the lesson is passed."""

    right: int
    is_passed: bool


def effect_of_choice(before: MarkedOutcome, after: MarkedOutcome) -> Effect:
    """Return the effect of a choice on an attempt. “drops” is below the pass mark."""
    if before.is_passed and not after.is_passed:
        return "drops"
    if after.right > before.right or (after.is_passed and not before.is_passed):
        return "rises"
    return "falls" if after.right < before.right else "unchanged"


@dataclass(frozen=True)
class RegradeCounts:
    """How many attempts a choice affects, and how.

    `fall` counts those that lose marks but do not drop below the pass mark.
    """

    touched: int
    unchanged: int
    rise: int
    fall: int
    drop: int

    @classmethod
    def of(cls, effects: Iterable[Effect]) -> "RegradeCounts":
        seen = Counter(effects)
        return cls(
            touched=seen.total(),
            unchanged=seen["unchanged"],
            rise=seen["rises"],
            fall=seen["falls"],
            drop=seen["drops"],
        )
