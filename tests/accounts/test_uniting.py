"""Two half-finished quizzes of one person become one that keeps every answer."""

import datetime

import pytest

from quizzes.actions import beginning
from quizzes.models import Answer, Attempt
from quizzes.queries import attempts
from tests.accounts.test_merging import answer_all, give, sign_in
from tests.factories import a_course, lessons_of

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


def minutes(number):
    return NOW + datetime.timedelta(minutes=number)


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=4))[0]


def given_in(attempt):
    """Return question stem → whether the answer that counts is right."""
    found = {}
    for key, answer in attempts.newest_answers(attempt).items():
        question = attempt.paper.content.question(key)
        right = {option.id for option in question.options if option.right}
        found[question.stem] = set(answer.options) == right
    return found


@pytest.mark.parametrize("first", ["account", "device"])
def test_every_answer_of_both_is_kept(lesson, account, device, first):
    one, two, three, _last = lesson.questions.all()
    starts = {"account": 10, "device": 10} | {first: 0}
    for place, question in enumerate([one, two, three]):
        at = minutes(starts["account"] + place)
        give(lesson, account, question, right=True, at=at)
    give(lesson, device, one, right=False, at=minutes(starts["device"]))
    attempt = sign_in(account, device).attempts.open().get()
    newest = first == "device"
    assert given_in(attempt) == {one.stem: newest, two.stem: True, three.stem: True}
    assert attempt.answers.filter(question_key=one.translation_key).count() == 2
    assert Attempt.objects.count() == 2
    assert Answer.objects.exclude(attempt=attempt).count() == 0


def test_what_nothing_is_left_to_answer_in_is_submitted_and_passed(
    lesson,
    account,
    device,
):
    one, two, three, four = lesson.questions.all()
    for question in (one, two, three):
        give(lesson, account, question, right=True)
    for question in (one, four):
        give(lesson, device, question, right=True)
    learner = sign_in(account, device)
    attempt = learner.attempts.submitted().get()
    assert attempt.grades.get().right == 4
    assert learner.enrolments.get().lessons.get().passed_at
    assert not learner.attempts.open().exists()


def test_a_form_filled_in_before_the_two_were_united_is_stale(
    lesson,
    account,
    device,
):
    question = lesson.questions.first()
    give(lesson, account, question, right=True, at=minutes(5))
    give(lesson, device, question, right=False, at=minutes(0))
    attempt = sign_in(account, device).attempts.open().get()
    rows = attempt.answers.order_by("sequence").values_list("sequence", "given_at")
    assert list(rows) == [(1, minutes(0)), (2, minutes(5))]


def test_an_answer_to_other_words_stays_on_the_paper_that_was_seen(
    lesson,
    account,
    device,
):
    one, two, _three, _four = lesson.questions.all()
    for question in (one, two):
        give(lesson, account, question, right=True, at=minutes(0))
    one.stem = "Which one is not the answer?"
    one.save()
    give(lesson, device, lesson.questions.last(), right=True, at=minutes(5))
    learner = sign_in(account, device)
    attempt = learner.attempts.open().get()
    assert one.stem not in given_in(attempt)
    assert Answer.objects.filter(attempt__learner=learner).count() == 3
    assert attempt.answers.count() == 3
    assert attempt.started_at == minutes(0)


def test_a_retry_takes_in_what_was_answered_elsewhere(
    lesson,
    account,
    device,
):
    one, two, three, _four = lesson.questions.all()
    answer_all(lesson, account, right=False, at=minutes(0))
    for question in (one, two):
        give(lesson, device, question, right=True, at=minutes(1))
    attempt = Attempt.objects.submitted().get()
    beginning.begin_again(
        lesson=lesson, learner=attempt.learner, which="missed", at=minutes(2)
    )
    give(lesson, account, three, right=True, at=minutes(3))
    united = sign_in(account, device).attempts.open().get()
    assert set(given_in(united)) == {one.stem, two.stem, three.stem}
    assert len(united.asked) == 4


def test_the_same_post_under_both_names_is_lost_to_neither(
    lesson,
    account,
    device,
):
    question = lesson.questions.first()
    give(lesson, account, question, right=True, at=minutes(0))
    give(lesson, device, question, right=False, at=minutes(1))
    Answer.objects.update(client_uuid=Answer.objects.first().client_uuid)
    attempt = sign_in(account, device).attempts.open().get()
    assert attempt.answers.count() == 2
    assert given_in(attempt) == {question.stem: False}
