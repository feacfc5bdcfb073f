"""Merge the attempts of two learners who are the same person."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from accounts.models import Learner
from progress.actions.enrolments import pass_lessons
from progress.actions.merging import enrol_like
from quizzes.actions.answering import mark_attempts, submit_attempts
from quizzes.actions.uniting import unite_open_attempts
from quizzes.models import Attempt, Grade, Paper, SeenChange, open_key_for
from quizzes.rules import marking

# The primary key of an enrolment, and the key of a lesson in it.
_Place: TypeAlias = tuple[int, uuid.UUID]


@transaction.atomic
def merge_attempts(source: Learner, target: Learner, at: datetime) -> None:
    """Give the source's attempts to the target, numbered after the target's own.

    Of two open attempts on a lesson, one stays open with the answers of both. It is
    submitted if nothing is left to answer. Right answers of both count, so a lesson may
    be passed that neither had passed alone; `merge_progress`, which comes afterwards,
    completes the courses. The number of queries is the same for any number of attempts.
    """
    united = unite_open_attempts(source, target)
    moved = _give_attempts(source, target)
    complete = {
        attempt: answers
        for attempt, answers in united.items()
        if set(attempt.asked) <= set(answers)
    }
    submit_attempts(complete, at)
    mark_attempts(complete, at)
    SeenChange.objects.filter(learner=source).exclude(
        publication__in=SeenChange.objects.filter(learner=target).values("publication")
    ).update(learner=target)
    _pass_what_is_understood(moved, at)


def _give_attempts(source: Learner, target: Learner) -> set[_Place]:
    """Return the places in the target's enrolments that have further attempts now."""
    united = enrol_like(source=source, target=target)
    own = {theirs.pk: enrolment for theirs, enrolment in united.items()}
    numbers = _highest_numbers(target)
    attempts = list(source.attempts.order_by("lesson_key", "number"))
    for attempt in attempts:
        key = attempt.lesson_key
        numbers[key] = attempt.number = numbers.get(key, 0) + 1
        attempt.learner, attempt.enrolment = target, own[attempt.enrolment_id]
        if attempt.is_open:
            attempt.open_key = open_key_for(target, key)
    Attempt.objects.bulk_update(
        attempts, ["number", "learner", "enrolment", "open_key"]
    )
    return {_place_of(attempt) for attempt in attempts}


def _highest_numbers(learner):
    ascending = learner.attempts.order_by("number")
    return dict(ascending.values_list("lesson_key", "number"))


def _place_of(attempt) -> _Place:
    return attempt.enrolment_id, attempt.lesson_key


def _pass_what_is_understood(moved: Collection[_Place], at: datetime) -> None:
    attempts = _submitted_in(moved)
    right = _right_ever(attempts)
    last = {_place_of(attempt): attempt for attempt in attempts}
    papers = Paper.objects.in_bulk({attempt.paper_id for attempt in last.values()})
    begun = {
        place: attempt.started_at
        for place, attempt in last.items()
        if marking.is_passed(papers[attempt.paper_id].content, right[place])
    }
    pass_lessons(begun=begun, at=at)


def _submitted_in(places: Collection[_Place]) -> list[Attempt]:
    """Return the submitted attempts in these places, the last one last."""
    enrolments = {enrolment for enrolment, _lesson in places}
    submitted = Attempt.objects.submitted().filter(enrolment__in=enrolments)
    ordered = submitted.order_by("submitted_at", "number")
    return [attempt for attempt in ordered if _place_of(attempt) in places]


def _right_ever(attempts: Collection[Attempt]) -> dict[_Place, set[str]]:
    """Return place → the keys of questions right in any of its attempts.

    The newest grade of each attempt counts.
    """
    places = {attempt.pk: _place_of(attempt) for attempt in attempts}
    grades = Grade.objects.filter(attempt__in=attempts).order_by("run")
    newest = {grade.attempt_id: grade for grade in grades}
    right: dict[_Place, set[str]] = defaultdict(set)
    for attempt, grade in newest.items():
        right[places[attempt]] |= set(grade.marks["right"])
    return right
