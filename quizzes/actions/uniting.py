"""Unite two open attempts of one person on a lesson, with the answers of both."""

import uuid
from itertools import groupby

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from quizzes.queries.attempts import newest_answers
from quizzes.rules.question_comparison import is_same_wording

# Sequences start at 1 and stay in the thousands, so higher numbers are free.
FREE_SEQUENCE = 1_000_000


def unite_open_attempts(source: Learner, target: Learner) -> list[Attempt]:
    """Leave one of each two attempts on a lesson open. Return those left open.

    This is the one on whose paper more of the answers are valid, or else the newer one.
    Answers given to a different wording stay in the attempt that is closed.
    """
    both = Attempt.objects.open().filter(learner__in=[source, target])
    both = both.select_related("paper").order_by("lesson_key", "started_at", "pk")
    pairs = (list(pair) for _, pair in groupby(both, key=lambda each: each.lesson_key))
    return [_unite(*pair) for pair in pairs if len(pair) > 1]


def _unite(older: Attempt, newer: Attempt) -> Attempt:
    held = {older: newest_answers(older), newer: newest_answers(newer)}
    keeps_older = _movable(older, held[newer]) | set(held[older])
    keeps_newer = _movable(newer, held[older]) | set(held[newer])
    kept, closed = (newer, older)
    if len(keeps_older) > len(keeps_newer):
        kept, closed = older, newer
    moved = _movable(kept, held[closed])
    _close(closed)
    for key in moved:
        _move_answers(key, closed, kept)
    _ask_too(kept, moved)
    return kept


def _movable(kept: Attempt, answers: dict[str, Answer]) -> set[str]:
    """Return the keys of questions that were answered in the same wording."""
    asked = {question.key: question for question in kept.paper.content.questions}
    return {
        key
        for key, answer in answers.items()
        if key in asked
        and is_same_wording(asked[key], answer.attempt.paper.content.question(key))
    }


def _close(attempt):
    attempt.state, attempt.open_key = Attempt.State.ABANDONED, None
    attempt.save(update_fields=["state", "open_key"])


def _move_answers(key: str, closed: Attempt, kept: Attempt) -> None:
    """Put both attempts' answers to a question in the order they were given."""
    rows = Answer.objects.filter(attempt__in=[closed, kept], question_key=key)
    ordered = list(rows.order_by("given_at", "sequence", "pk"))
    taken = {row.client_uuid for row in ordered if row.attempt_id == kept.pk}
    for place, row in enumerate(ordered, start=1):
        changes = {"attempt": kept, "sequence": FREE_SEQUENCE + place}
        if row.attempt_id != kept.pk and row.client_uuid in taken:
            changes["client_uuid"] = uuid.uuid4()
        Answer.objects.filter(pk=row.pk).update(**changes)
    for place, row in enumerate(ordered, start=1):
        Answer.objects.filter(pk=row.pk).update(sequence=place)


def _ask_too(attempt: Attempt, keys: set[str]) -> None:
    """Add the answered questions to those asked, in the order of the paper."""
    asked = set(attempt.asked) | keys
    ordered = [key for key in attempt.paper.content.keys if key in asked]
    if ordered != attempt.asked:
        attempt.asked = ordered
        attempt.save(update_fields=["asked"])
