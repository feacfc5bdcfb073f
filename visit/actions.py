"""Changes to what a learner takes to an appointment. All are safe to repeat.

Each one says what it found on the page, and changes only that: two tabs of one visit do
not undo what the other did.
"""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal

from django.db import transaction

from accounts.actions.learners import (
    get_or_create_learner,
    lock_learners,
    note_activity,
)
from accounts.identity import Identity
from accounts.models import Learner
from visit.models import ChosenQuestion
from visit.queries.questions import AskableQuestion
from visit.rules.passing_on import MOST_QUESTIONS


class ListIsFull(Exception):
    """A list holds at most MOST_QUESTIONS. Nothing was written."""


@transaction.atomic
def choose_questions(
    *,
    identity: Identity,
    added: Collection[AskableQuestion],
    removed: Collection[uuid.UUID] = (),
    at: datetime,
) -> None:
    """Add these questions to the end of the list, and take these keys out of it.

    A learner is created with the first question. Those already chosen stay where they
    are; one that was struck out is asked again. Raises ListIsFull.
    """
    if not (added or removed):
        return
    learner = get_or_create_learner(identity=identity, at=at)
    note_activity(learner=learner, at=at)
    rows = learner.chosen_questions
    rows.filter(key__in=removed).delete()
    rows.filter(key__in=[each.key for each in added]).update(is_struck_out=False)
    known = dict(rows.values_list("key", "place"))
    new = [each for each in added if each.key not in known]
    if len(known) + len(new) > MOST_QUESTIONS:
        raise ListIsFull
    last = max(known.values(), default=0)
    for place, question in enumerate(new, start=last + 1):
        _add(learner, question, place, at)


def _add(learner, question, place, at):
    learner.chosen_questions.get_or_create(
        key=question.key,
        defaults={
            "kind": question.kind,
            "page_key": question.page.translation_key,
            "wording": question.words,
            "place": place,
            "chosen_at": at,
        },
    )


@transaction.atomic
def move_question(
    *, learner: Learner, key: uuid.UUID, by: Literal[-1, 1], seen: int
) -> None:
    """Move the question one place up (-1) or down (1).

    Nothing happens if it no longer has the place that was `seen`, so that a form sent
    twice moves it once.
    """
    lock_learners([learner.pk])
    rows = list(learner.chosen_questions.order_by("place", "pk"))
    here = next((n for n, row in enumerate(rows) if row.key == key), None)
    if here is None or rows[here].place != seen:
        return
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    _number(rows)


def _number(rows: Iterable[ChosenQuestion]) -> None:
    """Number the rows from 1 in this order."""
    moved = [(n, row) for n, row in enumerate(rows, start=1) if row.place != n]
    for place, row in moved:
        row.place = place
    ChosenQuestion.objects.bulk_update([row for _, row in moved], ["place"])


@transaction.atomic
def strike_out_question(
    *, learner: Learner, key: uuid.UUID, is_struck_out: bool
) -> None:
    """Strike the question out, or ask it after all. It stays on the list."""
    lock_learners([learner.pk])
    learner.chosen_questions.filter(key=key).update(is_struck_out=is_struck_out)


@transaction.atomic
def remove_question(*, learner: Learner, key: uuid.UUID) -> None:
    """Take the question off the list."""
    lock_learners([learner.pk])
    learner.chosen_questions.filter(key=key).delete()


def forget_visit(learner: Learner, at: datetime) -> None:
    """Delete the learner's list. Nothing of it is kept."""
    learner.chosen_questions.all().delete()


def merge_visits(source: Learner, target: Learner, at: datetime) -> None:
    """Put the source's questions below the target's own, each once.

    One that only one of the two struck out is asked.
    """
    own = {row.key: row for row in target.chosen_questions.all()}
    theirs = list(source.chosen_questions.order_by("place", "pk"))
    both = [row.key for row in theirs if row.key in own and not row.is_struck_out]
    target.chosen_questions.filter(key__in=both).update(is_struck_out=False)
    last = max((row.place for row in own.values()), default=0)
    new = [row for row in theirs if row.key not in own]
    for place, row in enumerate(new, start=last + 1):
        row.learner, row.place = target, place
    ChosenQuestion.objects.bulk_update(new, ["learner", "place"])
    source.chosen_questions.all().delete()
