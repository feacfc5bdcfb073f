"""“I am answering with someone”: said of an attempt, never required."""

import pytest

from accounts.register import export_person
from quizzes.models import Attempt
from tests.factories import lessons_of
from tests.taking_quizzes import HIDDEN, answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz_url(course):
    return f"{lessons_of(course)[0].url}quiz/"


def say(client, quiz_url, company):
    page = client.get(f"{quiz_url}with-someone/").text
    hidden = dict(HIDDEN.findall(page))
    return client.post(f"{quiz_url}with-someone/", hidden | {"company": company})


def test_it_stands_on_the_attempt_and_in_the_download(client, quiz_url):
    answer(client, quiz_url, "Right")
    response = say(client, quiz_url, "interpreter")
    assert response["Location"] == quiz_url
    attempt = Attempt.objects.get()
    assert attempt.answered_with == "interpreter"
    [held] = export_person(attempt.learner, None)["attempts"]
    assert held["answered_with"] == "interpreter"
    assert 'value="interpreter" checked' in client.get(f"{quiz_url}with-someone/").text


def test_nothing_is_ticked_before_it_was_said(client, quiz_url):
    answer(client, quiz_url, "Right")
    assert "checked" not in client.get(f"{quiz_url}with-someone/").text
    assert Attempt.objects.get().answered_with == ""
    assert "with-someone/" in client.get(quiz_url, follow=True).text


def test_it_can_be_taken_back(client, quiz_url):
    answer(client, quiz_url, "Right")
    say(client, quiz_url, "family")
    say(client, quiz_url, "")
    assert Attempt.objects.get().answered_with == ""


def test_before_the_first_answer_it_leads_to_the_quiz(client, quiz_url):
    assert client.get(f"{quiz_url}with-someone/")["Location"] == quiz_url
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("company", ["a-robot", "x" * 500])
def test_what_is_no_choice_is_not_saved(client, quiz_url, company):
    answer(client, quiz_url, "Right")
    assert say(client, quiz_url, company)["Location"].endswith("?not-saved")
    assert Attempt.objects.get().answered_with == ""


def test_a_form_opened_by_somebody_else_is_not_saved(client, quiz_url):
    answer(client, quiz_url, "Right")
    posted = {"company": "family", "opened_for": "browser-somebody"}
    page = client.post(f"{quiz_url}with-someone/", posted, follow=True)
    assert "This was not saved" in page.text
    assert Attempt.objects.get().answered_with == ""
