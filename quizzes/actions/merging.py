"""Merge the attempts of two learners who are the same person."""

from datetime import datetime

from django.db import transaction

from accounts.models import Learner
from progress.actions.enrolments import complete_lesson, start_lesson
from progress.actions.merging import enrol_like
from quizzes.actions.answering import mark_attempt, submit_attempt
from quizzes.actions.uniting import unite_open_attempts
from quizzes.models import Attempt, SeenChange, open_key_for
from quizzes.queries.attempts import newest_answers, right_ever
from quizzes.rules import marking


@transaction.atomic
def merge_attempts(source: Learner, target: Learner, at: datetime) -> None:
    """Give the source's attempts to the target, numbered after the target's own.

    Of two open attempts on a lesson, one stays open with the answers of both. It is
    submitted if nothing is left to answer. Right answers of both count, so a lesson may
    be passed that neither had passed alone.
    """
    united = unite_open_attempts(source, target)
    numbers = _highest_numbers(target)
    moved = {}
    for attempt in source.attempts.order_by("lesson_key", "number"):
        key = attempt.lesson_key
        numbers[key] = attempt.number = numbers.get(key, 0) + 1
        attempt.learner = target
        attempt.enrolment = enrol_like(enrolment=attempt.enrolment, learner=target)
        if attempt.is_open:
            attempt.open_key = open_key_for(target, key)
        attempt.save(update_fields=["number", "learner", "enrolment", "open_key"])
        moved[key] = attempt.enrolment
    for attempt in united:
        _submit_if_complete(attempt, at)
    SeenChange.objects.filter(learner=source).exclude(
        publication__in=SeenChange.objects.filter(learner=target).values("publication")
    ).update(learner=target)
    for lesson_key, enrolment in moved.items():
        _pass_if_understood(lesson_key, enrolment, at)


def _submit_if_complete(attempt, at):
    if set(attempt.asked) <= set(newest_answers(attempt)):
        submit_attempt(attempt, at)
        mark_attempt(attempt, at)


def _highest_numbers(learner):
    ascending = learner.attempts.order_by("number")
    return dict(ascending.values_list("lesson_key", "number"))


def _pass_if_understood(lesson_key, enrolment, at):
    attempts = Attempt.objects.on(lesson_key).submitted().filter(enrolment=enrolment)
    last = attempts.select_related("paper").order_by("submitted_at", "number").last()
    if last and marking.is_passed(last.paper.content, right_ever(last)):
        start_lesson(enrolment=enrolment, lesson_key=lesson_key, at=last.started_at)
        complete_lesson(enrolment=enrolment, lesson_key=lesson_key, how="passed", at=at)
