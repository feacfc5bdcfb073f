"""What is done with questions from outside."""

import json
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from authoring.questions import plan as plans
from authoring.questions.items import Item, Parsed
from authoring.questions.plan import Plan, Step
from course.models import LessonPage
from quizzes.models import Question


class UnableToImport(Exception):
    """The questions cannot be added to the lesson. The message says what to do."""


@transaction.atomic
def append_questions(
    *, lesson: LessonPage, parsed: Parsed, user: User | None = None
) -> Plan:
    """Append the questions to the lesson's latest draft, and return what was done.

    Nothing is published. Doing it again adds nothing. Raises UnableToImport while the
    lesson is locked or waits for a review, and for an alias of another lesson.
    """
    if lesson.alias_of_id:
        message = _("“%(title)s” mirrors another lesson: import into that one.")
        raise UnableToImport(message % {"title": lesson.title})
    lock = lesson.get_lock()
    if lock and (user is None or lock.for_user(user)):
        message = _("“%(title)s” is locked or waits for a review: import afterwards.")
        raise UnableToImport(message % {"title": lesson.title})
    plan = plans.make(lesson, parsed)
    if not plan.added:
        return plan
    last = max((row.sort_order or 0 for row in plan.draft.questions.all()), default=-1)
    for place, step in enumerate(plan.added, start=last + 1):
        plan.draft.questions.add(_question(step, plan.draft, place))
    # A draft may be unfinished; it is as unfinished as it was.
    plan.draft.save_revision(user=user, log_action=True, clean=False)
    return plan


def _question(step: Step, draft: LessonPage, place: int) -> Question:
    item = step.item
    return Question(
        translation_key=step.key or uuid.uuid4(),
        locale=draft.locale,
        sort_order=place,
        handle=step.handle,
        kind=item.kind,
        stem=item.stem,
        critical=item.critical,
        options=json.dumps(_options(item)),
        feedback=item.feedback,
        sources=", ".join(item.sources),
        answered_in=item.answered_in,
        standing=item.standing,
    )


def _options(item: Item) -> list[dict]:
    return [
        {
            "type": "option",
            "id": str(uuid.uuid4()),
            "value": {
                "text": option.text,
                "right": option.right,
                "feedback": option.feedback,
            },
        }
        for option in item.options
    ]
