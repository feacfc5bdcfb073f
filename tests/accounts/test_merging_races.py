"""Two requests at once: one signs in, the other still answers without an account."""

import uuid
from functools import partial

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.actions.learners import attach_learning
from accounts.identity import Identity
from quizzes.actions import answering
from quizzes.forms.answers import read_response
from quizzes.models import Answer, Attempt
from tests.factories import UserFactory, a_course, lessons_of
from tests.quizzes.test_actions import all_at_once


def not_sure(lesson, device, question):
    return answering.give_answer(
        lesson=lesson,
        identity=device,
        question_key=str(question.translation_key),
        read=partial(read_response, QueryDict("choice=not-sure")),
        seen=0,
        client_uuid=uuid.uuid4(),
        at=timezone.now(),
    )


@pytest.mark.django_db(transaction=True)
def test_an_answer_given_while_signing_in_is_lost_to_nobody(home):
    lesson = lessons_of(a_course(lessons=1, questions=5))[0]
    first, *others, _last = lesson.questions.all()
    user, device = UserFactory(), Identity(uuid.uuid4())
    not_sure(lesson, device, first)

    def sign_in():
        attach_learning(user=user, token=device.token, at=timezone.now())

    results = all_at_once(
        sign_in, sign_in, *(partial(not_sure, lesson, device, one) for one in others)
    )

    assert not [result for result in results if isinstance(result, Exception)]
    assert not Attempt.objects.exclude(learner__erased_at=None).exists()
    sign_in()
    assert Answer.objects.filter(attempt__learner__user=user).count() == 4
    assert Attempt.objects.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_open_quizzes_are_united_while_both_go_on(home):
    lesson = lessons_of(a_course(lessons=1, questions=7))[0]
    first, second, *others, last = lesson.questions.all()
    user, device = UserFactory(), Identity(uuid.uuid4())
    account = Identity.of_account(user)
    not_sure(lesson, account, first)
    not_sure(lesson, device, second)

    def sign_in():
        attach_learning(user=user, token=device.token, at=timezone.now())

    results = all_at_once(
        sign_in,
        *(partial(not_sure, lesson, device, one) for one in others[:2]),
        *(partial(not_sure, lesson, account, one) for one in others[2:]),
    )

    assert not [result for result in results if isinstance(result, Exception)]
    sign_in()
    attempt = Attempt.objects.open().get()
    assert attempt.learner.user == user
    assert attempt.answers.count() == Answer.objects.count() == 6
    not_sure(lesson, account, last)
    attempt.refresh_from_db()
    assert not attempt.is_open
