"""Paper and answers → marks. Pure and exact: a question is right or it is not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenPaper, FrozenQuestion, Response


@dataclass(frozen=True)
class Marks:
    """What came of an attempt, by question key.

    `right`, `wrong` and `not_sure` share no key; together they are what was asked.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    not_sure: tuple[str, ...]

    @property
    def out_of(self) -> int:
        return len(self.right) + len(self.wrong) + len(self.not_sure)


def is_right(question: FrozenQuestion, response: Response) -> bool:
    """Return True when the response is right; “not sure yet” never is."""
    return not response.not_sure and kind_of(question).is_right(question, response)


def mark_paper(
    paper: FrozenPaper, asked: Collection[str], responses: Mapping[str, Response]
) -> Marks:
    """Mark the asked questions of the paper, given the last response to each.

    Raises KeyError when a question is not in the paper or has no response.
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
    """Return True when the paper is passed, judged over all of a learner's attempts.

    Every critical question was right at least once, and so was the paper's share
    of all questions. A paper without questions cannot be passed.
    """
    got = set(right_ever) & set(paper.keys)
    critical = {q.key for q in paper.questions if q.critical}
    enough = len(got) * 100 >= paper.pass_share * len(paper.keys)
    return bool(paper.keys) and critical <= got and enough
