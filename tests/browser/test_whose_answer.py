"""Sessions end and cookies go in mid-quiz: no answer is lost, or somebody else's."""

import pytest

from accounts.models import Learner
from quizzes.models import Answer
from tests.browser.accessibility import faults_of
from tests.browser.test_accounts import fill_in
from tests.browser.walking import (
    COURSE,
    answer_right,
    check_answer,
    on_phones_and_screens,
    question_asked,
    with_and_without_scripts,
)
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, with_password

QUIZ = f"{COURSE}stem-cell-basics/quiz/"


@pytest.fixture
def user(site):
    return with_password(UserFactory(email="anna@example.org"))


def send(page):
    page.get_by_label("I'm not sure yet").check()
    check_answer(page)


@on_phones_and_screens
@with_and_without_scripts
def test_a_session_ends_in_mid_quiz_and_the_answer_counts(
    open_page, user, scripts, width
):
    page = open_page(QUIZ, scripts=scripts, width=width)
    fill_in(page, user)
    page.get_by_text("You are signed in as").wait_for()
    page.goto(QUIZ)
    answer_right(page)
    second = question_asked(page).translation_key
    page.context.clear_cookies(name="sessionid")
    send(page)
    page.get_by_role("heading", name="Sign in to continue").wait_for()
    if scripts:
        assert not faults_of(page)
    page.get_by_role("link", name="Sign in to continue").click()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("Not sure yet?").wait_for()
    kept = Answer.objects.get(question_key=second)
    assert (kept.attempt.learner.user, kept.origin) == (user, "account")
    answer_right(page)
    assert Answer.objects.filter(attempt=kept.attempt).count() == 3
    assert Learner.objects.count() == 1


@on_phones_and_screens
@with_and_without_scripts
def test_a_cookie_goes_in_mid_quiz_and_the_reader_is_asked(open_page, scripts, width):
    page = open_page(QUIZ, scripts=scripts, width=width)
    answer_right(page)
    page.context.clear_cookies(name="learner")
    send(page)
    page.get_by_role("heading", name="We cannot tell whose answer this is").wait_for()
    if scripts:
        assert not faults_of(page)
    assert Learner.objects.count() == Answer.objects.count() == 1
    page.get_by_role("button", name="Save it and continue from here").click()
    page.get_by_text("Not sure yet?").wait_for()
    assert Learner.objects.count() == Answer.objects.count() == 2
