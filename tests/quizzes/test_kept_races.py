"""Somebody signs in, which saves what waits, and answers in another tab meanwhile."""

from functools import partial

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from quizzes.models import Answer, Attempt
from quizzes.views.kept import COOKIE
from tests.factories import a_course, lessons_of
from tests.quizzes.test_actions import all_at_once
from tests.signing_in import sign_in
from tests.taking_quizzes import form_of, value_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiz_url(home):
    cache.clear()
    return lessons_of(a_course(lessons=1, questions=6))[0].url + "quiz/"


def in_browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def chosen(client, quiz_url, number, text):
    """Return the form of this question and what it sends for the option."""
    page = client.get(f"{quiz_url}{number}/")
    return form_of(client, quiz_url, page), value_of(page, text)


def sender(user, quiz_url, number, text):
    """Return a function that answers the question in a tab of its own."""
    tab = in_browser_of(user)
    form, choice = chosen(tab, quiz_url, number, text)
    return lambda: form.send(tab, choice=choice)


def a_browser_with_answers(user, quiz_url, *numbers):
    """Return a browser in which these answers wait for the user to sign in."""
    client = in_browser_of(user)
    forms = [chosen(client, quiz_url, number, "Right") for number in numbers]
    del client.cookies[settings.SESSION_COOKIE_NAME]
    for form, choice in forms:
        form.send(client, choice=choice)
    assert client.cookies[COOKIE].value
    return client


def numbers_answered():
    """Return how often each question was answered, the least first."""
    keys = list(Answer.objects.values_list("question_key", flat=True))
    return sorted(keys.count(key) for key in set(keys))


def test_what_waits_and_what_is_given_meanwhile_are_all_saved_once(user, quiz_url):
    browser = a_browser_with_answers(user, quiz_url, 1, 2, 3)
    others = [sender(user, quiz_url, number, "Wrong") for number in (4, 5)]
    came = all_at_once(partial(sign_in, browser, user), *others)
    assert [response.status_code for response in came] == [302] * 3
    assert not browser.cookies[COOKIE].value
    assert numbers_answered() == [1] * 5
    attempt = Attempt.objects.get()
    assert attempt.learner.user == user
    assert attempt.is_open


def test_two_answers_to_one_question_at_once_are_both_still_there(user, quiz_url):
    browser = a_browser_with_answers(user, quiz_url, 1, 2)
    tab = in_browser_of(user)
    form, choice = chosen(tab, quiz_url, 2, "Wrong")
    came = all_at_once(
        partial(sign_in, browser, user), partial(form.send, tab, choice=choice)
    )
    assert [response.status_code for response in came] == [302] * 2
    assert numbers_answered() == [1, 1]
    # The one that came second waits: in the browser, or to be chosen in the tab.
    waits = bool(browser.cookies[COOKIE].value)
    is_asked = "draft" in tab.cookies and bool(tab.cookies["draft"].value)
    assert waits != is_asked


def test_the_last_answers_from_both_finish_the_quiz_once(user, quiz_url):
    browser = a_browser_with_answers(user, quiz_url, 1, 2, 3)
    others = [sender(user, quiz_url, number, "Right") for number in (4, 5, 6)]
    all_at_once(partial(sign_in, browser, user), *others)
    assert numbers_answered() == [1] * 6
    attempt = Attempt.objects.get()
    assert not attempt.is_open
    assert attempt.grades.get().right == 6


def test_signing_in_twice_at_once_saves_once(user, quiz_url):
    browser = a_browser_with_answers(user, quiz_url, 1, 2)
    again = Client()
    again.cookies.update(browser.cookies)
    all_at_once(partial(sign_in, browser, user), partial(sign_in, again, user))
    assert numbers_answered() == [1, 1]
    assert Attempt.objects.count() == 1
