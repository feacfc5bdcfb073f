"""The database itself refuses records that cannot be true."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from quizzes.models import Answer, Attempt, Grade
from tests.quizzes.test_actions import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(lesson):
    return give(lesson, uuid.uuid4(), lesson.questions.first()).attempt


def refused(create):
    with pytest.raises(IntegrityError), transaction.atomic():
        create()


def copy_of(attempt, **changes):
    fields = {
        "learner": attempt.learner,
        "enrolment": attempt.enrolment,
        "lesson_key": attempt.lesson_key,
        "number": 2,
        "paper": attempt.paper,
        "seed": attempt.seed,
        "asked": attempt.asked,
        "state": Attempt.State.ABANDONED,
        "started_at": attempt.started_at,
    }
    return Attempt.objects.create(**fields | changes)


def test_a_sound_copy_is_kept(attempt):
    assert copy_of(attempt).pk


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 1},
        {"number": 0},
        {"state": "lost"},
        {"state": "open", "open_key": None},
        {"state": "abandoned", "open_key": "still here"},
        {"state": "submitted"},
        {"state": "abandoned", "submitted_at": timezone.now()},
    ],
)
def test_an_attempt_that_cannot_be_is_refused(attempt, changes):
    refused(lambda: copy_of(attempt, **changes))


def test_a_second_open_attempt_on_a_lesson_is_refused(attempt):
    refused(lambda: copy_of(attempt, state="open", open_key=attempt.open_key))


def test_an_attempt_submitted_before_it_began_is_refused(attempt):
    early = attempt.started_at - datetime.timedelta(seconds=1)
    refused(lambda: copy_of(attempt, state="submitted", submitted_at=early))


@pytest.mark.parametrize("same", ["sequence", "client_uuid"])
def test_an_answer_repeated_is_refused(attempt, same):
    kept = attempt.answers.get()
    fields = {
        "attempt": attempt,
        "question_key": kept.question_key,
        "sequence": kept.sequence if same == "sequence" else 2,
        "client_uuid": kept.client_uuid if same == "client_uuid" else uuid.uuid4(),
        "options": [],
        "origin": kept.origin,
        "given_at": timezone.now(),
    }
    refused(lambda: Answer.objects.create(**fields))


@pytest.mark.parametrize(
    "changes", [{"run": 0}, {"right": 3}, {"run": 2, "reason": ""}]
)
def test_a_grade_that_cannot_be_is_refused(attempt, changes):
    fields = {
        "attempt": attempt,
        "paper": attempt.paper,
        "marks": {},
        "right": 1,
        "out_of": 2,
        "graded_at": timezone.now(),
    }
    refused(lambda: Grade.objects.create(**fields | changes))
    assert Grade.objects.create(**fields).pk


def test_evidence_keeps_learner_and_paper_from_being_deleted(attempt):
    for row in (attempt.learner, attempt.paper, attempt.enrolment):
        with pytest.raises(ProtectedError):
            row.delete()
