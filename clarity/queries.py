"""How many people found a lesson clear."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from clarity.models import ClarityAnswer


@dataclass(frozen=True)
class ClarityCount:
    """How many people answered, and how many of them found the lesson clear."""

    people: int = 0
    clear: int = 0


def count_clarity(lesson_keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, ClarityCount]:
    """Return lesson key → ClarityCount of the lessons that were judged; one query."""
    rows = (
        ClarityAnswer.objects.filter(lesson_key__in=list(lesson_keys))
        .values_list("lesson_key")
        .annotate(people=Count("pk"), clear=Count("pk", filter=Q(is_clear=True)))
    )
    return {key: ClarityCount(people, clear) for key, people, clear in rows}
