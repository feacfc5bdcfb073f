"""Looking back at questions of lessons that were done."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.actions.learners import lock_learners, note_activity
from accounts.models import Learner
from progress.models import RecallCard
from progress.rules.recall import review_memory


@transaction.atomic
def review_question(
    *,
    learner: Learner,
    lesson_key: uuid.UUID,
    question_key: uuid.UUID,
    is_right: bool,
    at: datetime,
) -> None:
    """Note how a look back at the question went, and when to ask it again.

    A question that is not due is left as it is, so a form sent twice counts once.
    """
    if learner.pk not in lock_learners([learner.pk]):
        return
    rows = learner.recall_cards
    card = rows.filter(question_key=question_key).first()
    if card and card.due_at > at:
        return
    memory = review_memory(
        card and card.memory, is_right=is_right, card_id=learner.pk, at=at
    )
    rows.update_or_create(
        question_key=question_key,
        defaults={
            "lesson_key": lesson_key,
            "was_right": is_right,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "reviewed_at": memory.reviewed_at,
            "due_at": memory.due_at,
        },
    )
    note_activity(learner=learner, at=at)


def merge_recall(source: Learner, target: Learner, at: datetime) -> None:
    """Keep of each question what was looked back at last."""
    theirs = {row.question_key: row for row in target.recall_cards.all()}
    for row in source.recall_cards.all():
        known = theirs.get(row.question_key)
        if known and known.reviewed_at >= row.reviewed_at:
            row.delete()
            continue
        if known:
            known.delete()
        RecallCard.objects.filter(pk=row.pk).update(learner=target)


def forget_recall(learner: Learner, at: datetime) -> None:
    """Delete what the learner remembers. Nothing of it is kept."""
    learner.recall_cards.all().delete()
