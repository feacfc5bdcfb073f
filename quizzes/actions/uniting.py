"""Unite two open attempts of one person on a lesson, with the answers of both."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from django.db.models import F

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from quizzes.rules.question_comparison import is_same_wording

# Sequences start at 1 and stay in the thousands, so higher numbers are free.
FREE_SEQUENCE = 1_000_000

# Attempt → question key → its answers, the newest last.
_Held: TypeAlias = dict[Attempt, dict[str, list[Answer]]]


@dataclass(frozen=True)
class _Union:
    """An attempt that stays open, and one that is closed.

    `moved` are both attempts' answers to the questions whose answers move, by question
    key and in the order they were given. `taken` are the UUIDs of those that stay.
    """

    kept: Attempt
    closed: Attempt
    moved: dict[str, list[Answer]]
    taken: set[uuid.UUID]


def unite_open_attempts(
    source: Learner, target: Learner
) -> dict[Attempt, dict[str, Answer]]:
    """Leave one of each two attempts on a lesson open, in a fixed number of queries.

    This is the one on whose paper more of the answers are valid, or else the newer one.
    Answers given to a different wording stay in the attempt that is closed. Returns
    those left open, each with the answers that count by question key.
    """
    pairs = _open_pairs(source, target)
    held = _answers_of([attempt for pair in pairs for attempt in pair])
    unions = [_unite(held, *pair) for pair in pairs]
    closed = Attempt.objects.filter(pk__in=[union.closed.pk for union in unions])
    closed.update(state=Attempt.State.ABANDONED, open_key=None)
    _move_answers(unions)
    _ask_too(unions)
    return {union.kept: _newest(held[union.kept] | union.moved) for union in unions}


def _open_pairs(source, target):
    both = Attempt.objects.open().filter(learner__in=[source, target])
    both = both.select_related("paper").order_by("lesson_key", "started_at", "pk")
    pairs = (list(pair) for _, pair in groupby(both, key=lambda each: each.lesson_key))
    return [pair for pair in pairs if len(pair) > 1]


def _answers_of(attempts: Collection[Attempt]) -> _Held:
    held: _Held = {attempt: defaultdict(list) for attempt in attempts}
    for answer in Answer.objects.filter(attempt__in=attempts).order_by("sequence"):
        held[answer.attempt][str(answer.question_key)].append(answer)
    return held


def _newest(answers):
    return {key: rows[-1] for key, rows in answers.items()}


def _unite(held: _Held, older: Attempt, newer: Attempt) -> _Union:
    keeps_older = _movable(held, newer, older) | set(held[older])
    keeps_newer = _movable(held, older, newer) | set(held[newer])
    kept, closed = (newer, older)
    if len(keeps_older) > len(keeps_newer):
        kept, closed = older, newer
    moved = {
        key: sorted(held[kept].get(key, []) + held[closed][key], key=_as_given)
        for key in _movable(held, closed, kept)
    }
    taken = {row.client_uuid for rows in held[kept].values() for row in rows}
    return _Union(kept, closed, moved, taken)


def _movable(held: _Held, closed: Attempt, kept: Attempt) -> set[str]:
    """Return the keys of questions that were answered in the same wording."""
    asked = {question.key: question for question in kept.paper.content.questions}
    return {
        key
        for key in held[closed]
        if key in asked
        and is_same_wording(asked[key], closed.paper.content.question(key))
    }


def _as_given(answer):
    return answer.given_at, answer.sequence, answer.pk


def _move_answers(unions: Collection[_Union]) -> None:
    """Put both attempts' answers to a question in the order they were given."""
    rows = [row for union in unions for row in _moved_rows(union)]
    numbered = Answer.objects.filter(pk__in=[row.pk for row in rows])
    numbered.update(sequence=F("sequence") + FREE_SEQUENCE)
    Answer.objects.bulk_update(rows, ["attempt", "sequence", "client_uuid"])


def _moved_rows(union):
    """Yield the answers as they are once they have moved."""
    for rows in union.moved.values():
        for place, row in enumerate(rows, start=1):
            is_new = row.attempt_id != union.kept.pk
            if is_new and row.client_uuid in union.taken:
                row.client_uuid = uuid.uuid4()
            row.attempt, row.sequence = union.kept, place
            yield row


def _ask_too(unions: Collection[_Union]) -> None:
    """Add the answered questions to those asked, in the order of the paper."""
    changed = []
    for union in unions:
        attempt = union.kept
        asked = set(attempt.asked) | set(union.moved)
        ordered = [key for key in attempt.paper.content.keys if key in asked]
        if ordered != attempt.asked:
            attempt.asked = ordered
            changed.append(attempt)
    Attempt.objects.bulk_update(changed, ["asked"])
