"""Import questions into a lesson's draft."""

import json
import uuid
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from authoring.questions.queries import plan as plans
from authoring.questions.queries.plan import QuestionPlan, QuestionStep
from authoring.questions.queries.rewording import Rewording, kept_ids
from authoring.questions.rules.items import (
    ExchangedItem,
    ExchangedOption,
    ParsedQuestions,
)
from course.models import LessonPage
from quizzes.models import Question


class UnableToImport(Exception):
    """The questions cannot be added to the lesson. The message says what to do."""


@transaction.atomic
def import_questions(
    *,
    lesson: LessonPage,
    parsed: ParsedQuestions,
    rewordings: Collection[str] | None = None,
    user: User | None = None,
) -> QuestionPlan:
    """Import the questions into the lesson's latest draft. Return what was done.

    New questions are appended. A question that the draft already has in other words is
    updated if its `Rewording.seen` is in `rewordings`, or if `rewordings` is None.
    Nothing is published, and importing the same file again adds nothing.

    Raises UnableToImport if the lesson is locked, is waiting for a review or is an
    alias of another lesson, or if a question was edited after its rewording was shown.
    """
    _refuse_if_locked(lesson, user)
    plan = plans.plan_questions(lesson, parsed)
    chosen = _chosen(plan, rewordings)
    if not plan.added and not chosen:
        return plan
    _reword(plan.draft, chosen)
    last = max((row.sort_order or 0 for row in plan.draft.questions.all()), default=-1)
    for place, step in enumerate(plan.added, start=last + 1):
        plan.draft.questions.add(_question(step, plan.draft, place))
    # Do not clean: a draft may be incomplete, and importing does not change that.
    plan.draft.save_revision(user=user, log_action=True, clean=False)
    return plan


def _refuse_if_locked(lesson, user):
    if lesson.alias_of_id:
        message = _(
            "“%(title)s” is an alias of another lesson. Import the questions "
            "into that lesson."
        )
        raise UnableToImport(message % {"title": lesson.title})
    lock = lesson.get_lock()
    if lock and (user is None or lock.for_user(user)):
        message = _(
            "“%(title)s” is locked or waiting for a review. Import the questions "
            "afterwards."
        )
        raise UnableToImport(message % {"title": lesson.title})


def _chosen(
    plan: QuestionPlan, seen: Collection[str] | None
) -> dict[UUID | None, Rewording]:
    if seen is None:
        return {rewording.before.key: rewording for rewording in plan.rewordings}
    chosen = {r.before.key: r for r in plan.rewordings if r.seen in seen}
    if len(chosen) < len(set(seen)):
        raise UnableToImport(
            _(
                "Somebody has edited the questions, so nothing was imported. Choose "
                "the file again and check what would change."
            )
        )
    return chosen


def _reword(draft: LessonPage, chosen: dict[UUID | None, Rewording]) -> None:
    rows = list(draft.questions.all())
    for row in rows:
        if rewording := chosen.get(row.translation_key):
            before = [
                (str(block.id), option)
                for block, option in zip(
                    row.options, rewording.before.options, strict=True
                )
            ]
            _set_content(row, rewording.after, before)
    draft.questions = rows


def _question(step: QuestionStep, draft: LessonPage, place: int) -> Question:
    question = Question(
        translation_key=step.key or uuid.uuid4(),
        locale=draft.locale,
        sort_order=place,
        handle=step.handle,
    )
    _set_content(question, step.item, ())
    return question


def _set_content(
    question: Question,
    item: ExchangedItem,
    before: Sequence[tuple[str, ExchangedOption]],
) -> None:
    question.kind = item.kind
    question.stem = item.stem
    question.critical = item.critical
    question.options = json.dumps(_options(item, kept_ids(before, item.options)))
    question.feedback = item.feedback
    question.sources = ", ".join(item.sources)
    question.answered_in = item.answered_in
    question.review_status = item.review_status
    question.tolerance = item.tolerance
    question.unit = item.unit


def _options(item: ExchangedItem, ids: Sequence[str | None]) -> list[dict]:
    return [
        {
            "type": "option",
            "id": option_id or str(uuid.uuid4()),
            "value": {
                "text": option.text,
                "match": option.match,
                "right": option.right,
                "feedback": option.feedback,
            },
        }
        for option, option_id in zip(item.options, ids, strict=True)
    ]
