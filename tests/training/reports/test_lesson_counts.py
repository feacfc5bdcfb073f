"""Lessons done count by the assignment's rule, looked up the quick way or not."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions.learners import attach_learning
from accounts.identity import Identity
from quizzes.models import Answer
from tests.accounts.test_merging import give
from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.taking_quizzes import give_answers
from tests.training.outbox import an_exception
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.learning import learning_of
from training.assignments.rules.satisfaction import Requirement, find_satisfaction
from training.reports.queries.lessons import LessonCount, lesson_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return a_course(lessons=2, questions=3)


@pytest.fixture
def team(course):
    return a_team()


@pytest.fixture
def member(team):
    return a_member(team)


def count_of(assignment):
    rows = assignment.obligations.select_related("assignment", "learner")
    return lesson_counts(list(rows), timezone.now())[0]


def test_a_lesson_passed_counts(course, team, member):
    assignment = an_assignment(course, team)
    assert count_of(assignment) == LessonCount(0, 2)
    answer_all(lessons_of(course)[0], member, "Right", "Right", "Wrong")
    assert count_of(assignment) == LessonCount(1, 2)


def test_a_lesson_passed_below_the_pass_mark_of_the_assignment_does_not(
    course, team, member
):
    plain, strict = (
        an_assignment(course, team),
        an_assignment(course, team, pass_mark=100),
    )
    answer_all(lessons_of(course)[0], member, "Right", "Right", "Wrong")
    assert count_of(plain).done == 1
    assert count_of(strict).done == 0


def test_what_was_done_without_signing_in_does_not(course, team, member):
    assignment = an_assignment(course, team)
    kind = an_assignment(course, team, anonymous_counts=True)
    answer_all(lessons_of(course)[0], member, "Right", "Right", "Right")
    Answer.objects.update(origin=Answer.Origin.ANONYMOUS)
    assert count_of(assignment).done == 0
    assert count_of(kind).done == 1


def test_a_course_done_before_it_was_asked_for_is_to_be_done_anew(course, team, member):
    for lesson in lessons_of(course):
        answer_all(lesson, member, "Right", "Right", "Right")
    assignment = an_assignment(course, team)
    opens_at = timezone.now() + dt.timedelta(minutes=1)
    Obligation.objects.update(
        opens_at=opens_at, satisfied_at=None, satisfied_by=None, expires_at=None
    )
    assert count_of(assignment) == LessonCount(0, 2)


def test_a_course_that_is_not_live_asks_for_nothing(course, team, member):
    assignment = an_assignment(course, team)
    course.unpublish()
    assert count_of(assignment) == LessonCount(0, 0)


def test_what_a_deputy_has_done_counts_while_they_stand_in(course, team, member):
    assignment = an_assignment(course, team)
    deputy = a_trainer(a_team("Ward 4")).learner
    answer_all(lessons_of(course)[0], deputy, "Right", "Right", "Right")
    assert count_of(assignment) == LessonCount(0, 2)
    entry = an_exception(
        member.obligations.get(), kind=ExceptionEntry.Kind.HAND_OVER, deputy=deputy
    )
    assert count_of(assignment) == LessonCount(1, 2)
    ExceptionEntry.objects.filter(pk=entry.pk).update(revoked_at=timezone.now())
    assert count_of(assignment) == LessonCount(0, 2)


def test_a_lesson_passed_anew_counts_for_the_renewal(course, team, member):
    """The first pass stays on the record; the newer attempt is what counts."""
    first, second = lessons_of(course)
    for lesson in (first, second):
        answer_all(lesson, member, "Right", "Right", "Right")
    assignment = an_assignment(course, team)
    opens_at = timezone.now()
    Obligation.objects.update(
        opens_at=opens_at, satisfied_at=None, satisfied_by=None, expires_at=None
    )
    assert count_of(assignment) == LessonCount(0, 2)
    answer_all(first, member, "Right", "Right", "Right", again=True)
    assert count_of(assignment) == LessonCount(1, 2)


def test_what_was_begun_without_signing_in_and_finished_signed_in_does(
    course, team, member
):
    assignment = an_assignment(course, team)
    lesson = lessons_of(course)[0]
    device = give_answers(lesson, "Right", "Right")
    attach_learning(user=member.user, token=device, at=timezone.now())
    attempt = member.attempts.get()
    last = lesson.questions.last()
    give(lesson, Identity.of_account(member.user), last, right=True)
    origins = attempt.answers.order_by("pk").values_list("origin", flat=True)
    assert list(origins) == ["anonymous", "anonymous", "account"]
    assert count_of(assignment).done == 1
    key = str(lesson.translation_key)
    learning = learning_of([member.pk], course.translation_key)[member.pk]
    opens_at = timezone.now() - dt.timedelta(days=1)
    assert find_satisfaction(Requirement((key,)), learning, [key], opens_at)
