"""Mark the answers on a paper. A question is either right or not. Pure and exact."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenPaper, FrozenQuestion, Response


@dataclass(frozen=True)
class Marks:
    """The marks of an attempt, by question key.

    Every question asked is in exactly one of `right`, `wrong` and `not_sure`.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    not_sure: tuple[str, ...]

    @property
    def out_of(self) -> int:
        return len(self.right) + len(self.wrong) + len(self.not_sure)


def is_right(question: FrozenQuestion, response: Response) -> bool:
    """Return whether the response is right. “I'm not sure yet” never is."""
    return not response.not_sure and kind_of(question).is_right(question, response)


def mark_paper(
    paper: FrozenPaper, asked: Collection[str], responses: Mapping[str, Response]
) -> Marks:
    """Mark the questions asked, given the last response to each.

    Raises KeyError if a question is not in the paper or has no response.
    """
    right, wrong, not_sure = [], [], []
    for key in asked:
        response = responses[key]
        if response.not_sure:
            not_sure.append(key)
        elif is_right(paper.question(key), response):
            right.append(key)
        else:
            wrong.append(key)
    return Marks(tuple(right), tuple(wrong), tuple(not_sure))


def is_passed(paper: FrozenPaper, right_ever: Collection[str]) -> bool:
    """Return whether the paper is passed, over all of a learner's attempts.

    Every critical question and the paper's share of all questions must have been right
    at least once. A paper without questions cannot be passed.
    """
    got = set(right_ever) & set(paper.keys)
    critical = {q.key for q in paper.questions if q.critical}
    enough = len(got) * 100 >= paper.pass_share * len(paper.keys)
    return bool(paper.keys) and critical <= got and enough
