"""Signing in takes along what was learnt without an account, and loses nothing."""

import contextlib
import datetime
import uuid
from functools import partial
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.actions.learners import UnableToMerge, attach_learning, merge_learners
from accounts.identity import Identity
from accounts.models import Learner
from progress.actions.enrolments import enrol_learner
from progress.actions.merging import merge_progress
from progress.models import Certificate, Enrolment, LessonProgress
from quizzes.actions import answering, beginning
from quizzes.forms.answers import read_response
from quizzes.models import Answer, Attempt, Grade
from quizzes.queries import attempts
from quizzes.rules import marking
from tests.factories import LearnerFactory, UserFactory, a_course, lessons_of
from tests.properties import fewer_examples
from tests.statements import statements_of

pytestmark = pytest.mark.django_db


def give(lesson, identity, question, *, right, at=None):
    """Answer a question as a form would; what comes back is the state."""
    state = attempts.attempt_state(lesson, _learner_of(identity), identity.token)
    saved = state.answers.get(str(question.translation_key))
    option = next(o for o in question.options if o.value["right"] is right)
    return answering.give_answer(
        lesson=lesson,
        identity=identity,
        question_key=str(question.translation_key),
        read=partial(read_response, QueryDict(f"choice={option.id}")),
        seen=saved.sequence if saved else 0,
        client_uuid=uuid.uuid4(),
        at=at or timezone.now(),
    )


def _learner_of(identity):
    if identity.user:
        return Learner.objects.filter(user=identity.user).first()
    return Learner.objects.filter(token=identity.token).first()


def answer_all(lesson, identity, *, right, at=None):
    for question in lesson.questions.all():
        give(lesson, identity, question, right=right, at=at)


def sign_in(account, device):
    attach_learning(user=account.user, token=device.token, at=timezone.now())
    return Learner.objects.get(user=account.user)


def test_a_visitor_who_did_nothing_brings_nothing(account, device):
    attach_learning(user=account.user, token=device.token, at=timezone.now())
    assert not Learner.objects.exists()


def test_what_a_visitor_did_belongs_to_the_account_from_then_on(
    course, lesson, account, device
):
    answer_all(lesson, device, right=True)
    visitor = Learner.objects.get(token=device.token)
    learner = sign_in(account, device)
    visitor.refresh_from_db()
    assert visitor.erased_at
    assert visitor.token is None
    assert learner.enrolments.get().lessons.get().passed_at
    attempt = learner.attempts.get()
    origins = attempt.answers.values_list("origin", flat=True)
    assert set(origins) == {Answer.Origin.ANONYMOUS}
    assert attempt.number == 1
    assert not Enrolment.objects.filter(learner=visitor).exists()


def test_attempts_are_numbered_after_those_of_the_account(lesson, account, device):
    answer_all(lesson, account, right=False)
    answer_all(lesson, device, right=True)
    learner = sign_in(account, device)
    numbers = learner.attempts.order_by("number").values_list(
        "number", "answers__origin"
    )
    assert list(numbers.distinct()) == [(1, "account"), (2, "anonymous")]
    assert learner.enrolments.get().lessons.get().passed_at


@pytest.mark.parametrize("newer", ["browser", "account"])
def test_of_two_half_finished_quizzes_the_newer_goes_on(lesson, account, device, newer):
    now = timezone.now()
    earlier = now - datetime.timedelta(hours=1)
    question = lesson.questions.first()
    starts = {"browser": earlier, "account": earlier} | {newer: now}
    give(lesson, account, question, right=True, at=starts["account"])
    give(lesson, device, question, right=True, at=starts["browser"])
    learner = sign_in(account, device)
    states = {a.started_at: a.state for a in learner.attempts.all()}
    assert states == {now: "open", earlier: "abandoned"}
    assert attempts.newest_attempt(learner, lesson.translation_key).started_at == now
    give(lesson, account, lesson.questions.last(), right=True)
    assert learner.enrolments.get().lessons.get().passed_at


def test_the_open_quiz_goes_on_even_when_a_finished_one_comes_after_it(
    lesson, account, device
):
    give(lesson, account, lesson.questions.first(), right=True)
    answer_all(lesson, device, right=False)
    learner = sign_in(account, device)
    attempt = attempts.newest_attempt(learner, lesson.translation_key)
    assert attempt.is_open
    assert attempt.number == 1


def test_halves_learnt_apart_make_a_lesson_passed(account, device):
    lesson = lessons_of(a_course(lessons=1, questions=2, title="Halves"))[0]
    lesson.pass_share = 100
    lesson.save()
    first, second = lesson.questions.all()
    for identity, known in ((account, first), (device, second)):
        for question in (first, second):
            give(lesson, identity, question, right=question == known)
    assert not LessonProgress.objects.done().exists()
    assert sign_in(account, device).enrolments.get().completed_at
    assert Certificate.objects.count() == 1


def test_lessons_done_apart_complete_the_course_with_one_certificate(
    course, account, device
):
    first, second = lessons_of(course)
    answer_all(first, account, right=True)
    answer_all(second, device, right=True)
    enrolment = sign_in(account, device).enrolments.get()
    assert enrolment.completed_at
    assert enrolment.certificate.statement["course"] == course.title


def test_a_certificate_is_never_doubled_and_the_earliest_date_stays(
    course, account, device
):
    now = timezone.now()
    earlier = now - datetime.timedelta(days=3)
    for lesson in lessons_of(course):
        answer_all(lesson, account, right=True, at=now)
        answer_all(lesson, device, right=True, at=earlier)
    enrolment = sign_in(account, device).enrolments.get()
    assert Certificate.objects.in_force().get().enrolment == enrolment
    assert enrolment.certificate.issued_at == earlier
    # The number of the other may stand on paper: it says that it was replaced.
    assert enrolment.certificates.exclude(replaced_at=None).count() == 1
    assert (enrolment.started_at, enrolment.completed_at) == (earlier, earlier)


def test_a_learner_with_an_account_is_never_given_away():
    other = LearnerFactory(user=UserFactory(), token=None)
    mine = LearnerFactory(user=UserFactory(), token=None)
    with pytest.raises(UnableToMerge):
        merge_learners(source=other, target=mine, at=timezone.now())
    with pytest.raises(UnableToMerge):
        merge_learners(source=LearnerFactory(), target=_erased(), at=timezone.now())


def _erased():
    return LearnerFactory(token=None, erased_at=timezone.now())


def test_a_merge_that_fails_half_way_leaves_both_as_they_were(
    lesson, account, device, monkeypatch
):
    answer_all(lesson, device, right=True)
    monkeypatch.setattr(Certificate.objects, "filter", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign_in(account, device)
    assert Learner.objects.get(token=device.token).attempts.count() == 1
    assert not Learner.objects.filter(user=account.user).exists()


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["account", "browser"]),
        st.integers(0, 1),
        st.integers(0, 1),
        st.booleans(),
        st.booleans(),
    ),
    max_size=10,
)


def right_pairs():
    """Return (lesson key, question key) of all that was ever marked right."""
    return {
        (grade.attempt.lesson_key, key)
        for grade in Grade.objects.select_related("attempt")
        for key in grade.marks["right"]
    }


def answered_right(learner):
    """Return (lesson key, question key) of all answers that choose a right option."""
    return {
        (answer.attempt.lesson_key, str(answer.question_key))
        for answer in Answer.objects.filter(attempt__learner=learner)
        if marking.is_right(
            answer.attempt.paper.content.question(str(answer.question_key)),
            answer.response,
        )
    }


def facts(learner):
    """Return everything that a merge could change about a learner."""
    return (
        list(learner.attempts.order_by("pk").values()),
        list(Enrolment.objects.order_by("pk").values()),
        list(LessonProgress.objects.order_by("pk").values()),
        list(Certificate.objects.order_by("pk").values()),
        Learner.objects.values().get(pk=learner.pk),
    )


@fewer_examples(0.25, fixtures=True)
@example(
    deeds=[("account", 0, 0, True, False), ("browser", 0, 1, True, False)],
)
@given(deeds=DEEDS)
def test_merging_loses_nothing_right_and_twice_is_once(course, deeds):
    people = {
        "browser": Identity(uuid.uuid4()),
        "account": Identity.of_account(UserFactory()),
    }
    lessons = lessons_of(course)
    for who, which, place, right, again in deeds:
        _do(people[who], lessons[which], place, right=right, again=again)
    mine = set(filter(None, map(_learner_of, people.values())))
    answers = Answer.objects.filter(attempt__learner__in=mine).count()
    right_before = right_pairs()
    done = set(
        LessonProgress.objects.done()
        .filter(enrolment__learner__in=mine)
        .values_list("lesson_key", flat=True)
    )
    visitor = _learner_of(people["browser"])
    attach_learning(
        user=people["account"].user,
        token=people["browser"].token,
        at=timezone.now(),
    )
    learner = _learner_of(people["account"])
    if learner is None:
        assert not mine
        return
    assert Answer.objects.filter(attempt__learner=learner).count() == answers
    # What two halves of a quiz finish together is marked for the first time now.
    assert right_pairs() >= right_before
    assert right_pairs() - right_before <= answered_right(learner)
    rows = LessonProgress.objects.done().filter(enrolment__learner=learner)
    assert done <= set(rows.values_list("lesson_key", flat=True))
    for lesson in lessons:
        attempts = learner.attempts.filter(lesson_key=lesson.translation_key)
        assert attempts.open().count() <= 1
        assert sorted(attempts.values_list("number", flat=True)) == list(
            range(1, attempts.count() + 1)
        )
    assert learner.enrolments.count() <= 1
    if visitor:
        before = facts(learner)
        merge_learners(source=visitor, target=learner, at=timezone.now())
        assert facts(learner) == before
        assert not visitor.attempts.exists()
        assert not visitor.enrolments.exists()


def _do(identity, lesson, place, *, right, again):
    learner = _learner_of(identity)
    if again and learner:
        beginning.begin_again(
            lesson=lesson, learner=learner, which="all", at=timezone.now()
        )
    question = list(lesson.questions.all())[place]
    with contextlib.suppress(beginning.UnableToAnswer):
        give(lesson, identity, question, right=right)


@pytest.mark.sweep
@pytest.mark.parametrize(("lessons", "times"), [(1, 1), (3, 2)])
def test_merging_asks_as_much_however_much_was_learnt(account, device, lessons, times):
    pages = lessons_of(a_course(lessons=lessons, questions=2, title="Long"))
    for lesson, identity in product(pages, [account, device]):
        for _time in range(times):
            answer_all(lesson, identity, right=identity == device)
            begin_all_again(lesson, identity)
        give(lesson, identity, lesson.questions.first(), right=True)
    statements = statements_of(sign_in, account, device)
    assert Attempt.objects.count() == 2 * lessons * (times + 1)
    assert Attempt.objects.open().count() == lessons
    assert len(statements) <= 60, "\n".join(statements)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite locks the whole database."
)
def test_nobody_completes_a_course_between_its_dates_are_read_and_written(course):
    source, target = LearnerFactory(), LearnerFactory()
    for learner in (source, target):
        enrol_learner(learner=learner, course=course, at=timezone.now())
    statements = statements_of(merge_progress, source, target, timezone.now())
    first = next(sql for sql in statements if 'FROM "progress_enrolment"' in sql)
    assert "FOR UPDATE" in first


def begin_all_again(lesson, identity):
    learner = _learner_of(identity)
    beginning.begin_again(
        lesson=lesson, learner=learner, which="all", at=timezone.now()
    )
