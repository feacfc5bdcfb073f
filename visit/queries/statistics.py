"""Which questions are asked most, in groups too large to point at anybody."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max

from quizzes.rules.groups import FEWEST
from visit.models import ChosenQuestion
from visit.queries.questions import wording_of


@dataclass(frozen=True)
class AskedQuestion:
    """A question, in words in which it was chosen, and how many ask it."""

    key: uuid.UUID
    kind: str
    words: str
    people: int

    @property
    def wording(self) -> str:
        """The question as it is asked at an appointment."""
        return wording_of(self.kind, self.words)


def most_asked_questions(
    pages: Collection[uuid.UUID], most: int = 10
) -> list[AskedQuestion]:
    """Return the questions of these pages that enough learners ask.

    `pages` are translation keys of lessons, and of a course for its options. The most asked come first. What is struck out does
    not count, and neither do learners whose data was deleted. Makes one query.
    """
    asked = ChosenQuestion.objects.filter(page_key__in=pages, is_struck_out=False)
    counted = (
        asked.values("kind", "key")
        .annotate(people=Count("learner"), words=Max("wording"))
        .filter(people__gte=FEWEST)
        .order_by("-people", "key")
    )
    return [AskedQuestion(**row) for row in counted[:most]]
