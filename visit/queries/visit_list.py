"""A learner's list of questions for an appointment."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from accounts.models import Learner
from visit.models import ChosenQuestion
from visit.queries.questions import Kind, find_questions, wording_of
from visit.rules.passing_on import write_keys


@dataclass(frozen=True)
class ListedQuestion:
    """A chosen question, in the words of today if the course still has it.

    `page` has it, and `url` leads to its passage; they are None and empty if the course
    no longer has it.
    """

    key: uuid.UUID
    kind: str
    place: int
    words: str
    is_struck_out: bool
    page: Page | None
    url: str

    @property
    def wording(self) -> str:
        """The question as it is asked at an appointment."""
        return wording_of(self.kind, self.words)


@dataclass(frozen=True)
class VisitList:
    """All questions in order, struck out or not."""

    questions: Sequence[ListedQuestion]

    @property
    def asked(self) -> list[ListedQuestion]:
        """What is not struck out: questions, and options to talk about."""
        return [each for each in self.questions if not each.is_struck_out]

    @property
    def asked_in_words(self) -> list[ListedQuestion]:
        """What is not struck out, without the options."""
        return [each for each in self.asked if each.kind != Kind.OPTION]

    @property
    def options(self) -> list[ListedQuestion]:
        """The options to talk about that are not struck out."""
        return [each for each in self.asked if each.kind == Kind.OPTION]

    @property
    def keys(self) -> set[uuid.UUID]:
        return {each.key for each in self.questions}

    @property
    def passed_on(self) -> str:
        """The ids of what is asked, for an address."""
        return write_keys(each.key for each in self.asked)


def visit_of(learner: Learner | None) -> VisitList:
    """Return the learner's list, in six queries for any number of questions."""
    rows = _rows(learner)
    known = find_questions([row.key for row in rows])
    return VisitList([_listed(row, known.get(row.key)) for row in rows])


def chosen_keys(learner: Learner | None) -> set[uuid.UUID]:
    """Return the keys of all questions on the learner's list, in one query."""
    return {row.key for row in _rows(learner)}


def _rows(learner) -> list[ChosenQuestion]:
    rows = learner.chosen_questions.order_by("place", "pk") if learner else ()
    return list(rows)


def _listed(row, question):
    return ListedQuestion(
        key=row.key,
        kind=row.kind,
        place=row.place,
        words=question.words if question else row.wording,
        is_struck_out=row.is_struck_out,
        page=question.page if question else None,
        url=question.url if question else "",
    )


def visit_record(learner: Learner) -> list[dict[str, Any]]:
    """Return the list as plain values, for a download, in one query."""
    return [
        {
            "question": wording_of(row.kind, row.wording),
            "struck_out": row.is_struck_out,
            "chosen": row.chosen_at.isoformat(),
        }
        for row in _rows(learner)
    ]
