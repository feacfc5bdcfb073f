"""What a change of a paper means for answers given before. Pure and exact.

A choice only ever concerns questions that were changed: one whose right options,
set of options, right order or kind differ, or that was taken out. Everything else
keeps its mark.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from course.comparison import say_the_same
from quizzes.marking import Marks, is_passed, is_right
from quizzes.paper import Option, Paper, Question, Response

Choice = Literal["keep", "full_credit", "both_right", "new_only", "re_mark"]
Effect = Literal["unchanged", "rises", "falls", "drops"]

LEAVES_ALONE: frozenset[Choice] = frozenset({"keep", "new_only"})


@dataclass(frozen=True)
class Change:
    """What differs between two papers of a lesson, as far as marking goes.

    `questions` are the keys, all of the earlier paper, of changed questions; `rule`
    is True when the share or which questions are critical differs.
    """

    questions: frozenset[str]
    rule: bool

    def __bool__(self) -> bool:
        return self.rule or bool(self.questions)

    def touches(self, asked: Collection[str]) -> bool:
        """Return True when an attempt that asked these questions may come out anew."""
        return self.rule or not self.questions.isdisjoint(asked)


def change_between(before: Paper, now: Paper) -> Change:
    """Return what changed; wording, feedback and further questions are no change."""
    new = {question.key: question for question in now.questions}
    kept = [question for question in before.questions if question.key in new]
    return Change(
        questions=frozenset(
            question.key
            for question in before.questions
            if question.key not in new or _key(question) != _key(new[question.key])
        ),
        rule=before.pass_share != now.pass_share
        or any(question.critical != new[question.key].critical for question in kept),
    )


def _key(question: Question) -> tuple[object, ...]:
    if question.kind == "ordering":
        return question.kind, tuple(option.id for option in question.options)
    return question.kind, frozenset((o.id, o.right) for o in question.options)


def right_texts(question: Question) -> list[str]:
    """Return the words of the right answer: of every option, where order is asked."""
    return [option.text for option in _right_options(question)]


def is_other_answer(before: Question, now: Question) -> bool:
    """Return whether the right answers say something else."""
    return not say_the_same(right_texts(before), right_texts(now))


def _right_options(question: Question) -> list[Option]:
    is_order = question.kind == "ordering"
    return [option for option in question.options if is_order or option.right]


def answer_differs(before: Question, now: Question, *, by_words: bool) -> bool:
    """Return whether another answer is right now; `by_words`, or one in other words."""
    if by_words and is_other_answer(before, now):
        return True
    old, new = ([o.id for o in _right_options(each)] for each in (before, now))
    is_order = "ordering" in (before.kind, now.kind)
    return old != new if is_order else set(old) != set(new)


def changed_answers(before: Paper, now: Paper, *, by_words: bool) -> list[str]:
    """Return the keys of the questions in both papers whose right answer differs."""
    old = {question.key: question for question in before.questions}
    return [
        question.key
        for question in now.questions
        if question.key in old
        and answer_differs(old[question.key], question, by_words=by_words)
    ]


def remarked(
    marks: Marks,
    asked: Iterable[str],
    responses: Mapping[str, Response],
    *,
    changed: Collection[str],
    now: Paper,
    choice: Choice,
) -> Marks:
    """Return the marks of an attempt under the choice made.

    `responses` holds the last response to each changed question that was asked;
    KeyError when one is missing. A question taken out has no new key: it keeps its
    mark, unless everybody gets full credit.
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
    before: str, new: Question | None, response: Response, choice: Choice
) -> str:
    if choice == "full_credit":
        return "right"
    if new is None:
        return before
    if is_right(new, response):
        return "right"
    if choice == "both_right":
        return before
    return "not_sure" if response.not_sure else "wrong"


def passes(own: Paper, now: Paper, right: Collection[str]) -> bool:
    """Return True when the questions of the own paper are passed by either rule."""
    return is_passed(own, right) or is_passed(_under(own, now), right)


def passes_by_new_rule(own: Paper, now: Paper, right: Collection[str]) -> bool:
    """Return True when the questions of the own paper are passed by the new rule."""
    return is_passed(_under(own, now), right)


def _under(own: Paper, now: Paper) -> Paper:
    """Return the own questions with the share and the critical ones of `now`."""
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
class Standing:
    """How an attempt stands: its marks, and whether its learner passes the lesson."""

    right: int
    is_passed: bool


def effect(before: Standing, after: Standing) -> Effect:
    """Return what a choice does to an attempt; “drops” is below the pass."""
    if before.is_passed and not after.is_passed:
        return "drops"
    if after.right > before.right or (after.is_passed and not before.is_passed):
        return "rises"
    return "falls" if after.right < before.right else "unchanged"


@dataclass(frozen=True)
class Counts:
    """How many attempts a choice touches, and what it does to them.

    `fall` counts those that lose marks and are as far from the pass as before.
    """

    touched: int
    unchanged: int
    rise: int
    fall: int
    drop: int

    @classmethod
    def of(cls, effects: Iterable[Effect]) -> "Counts":
        seen = Counter(effects)
        return cls(
            touched=seen.total(),
            unchanged=seen["unchanged"],
            rise=seen["rises"],
            fall=seen["falls"],
            drop=seen["drops"],
        )
