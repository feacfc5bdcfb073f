"""What people do beside answering: by keys, on a slow line, signing in."""

import threading

import pytest
from django.core.handlers.base import BaseHandler
from selenium.webdriver.common.keys import Keys

from quizzes.models import Answer
from tests.browser.engines.reading import both_ways
from tests.browser.walking import COURSE
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, mailed_code, with_password

pytestmark = pytest.mark.sweep

QUESTION = f"{COURSE}stem-cell-basics/quiz/1/"
CHOICE = "form.app-question input[type=radio]"
# Presses the button, and a second later Stop: no driver lends a hand while a page comes.
PRESS_AND_STOP = """
const button = document.querySelector("[data-waiting]");
setTimeout(() => button.click());
setTimeout(() => { window.said = button.textContent; window.stop(); }, 1000);
"""


@pytest.fixture
def slow_line(monkeypatch):
    """Hold the first form that is sent back, until the event is set."""
    released = threading.Event()
    answer = BaseHandler.get_response

    def answer_late(handler, request):
        if request.method == "POST":
            released.wait(20)
        return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", answer_late)
    yield released
    released.set()


def type_into(reader, name, words):
    field = reader.one(f"main [name={name}]")
    field.clear()
    field.send_keys(words)


def test_a_question_is_answered_by_keys_alone(open_reader):
    reader = open_reader(QUESTION)
    reader.tab_to(CHOICE)
    reader.press(Keys.SPACE)
    reader.press(Keys.ARROW_DOWN)
    chosen = [choice.is_selected() for choice in reader.all(CHOICE)]
    assert chosen == [False, True, False, False]
    before = reader.one("body")
    reader.press(Keys.ENTER)
    reader.wait_for_another(before)
    focused = reader.driver.switch_to.active_element
    assert focused.get_attribute("data-focus") is not None
    assert Answer.objects.count() == 1


def test_after_stop_on_a_slow_line_the_answer_can_be_sent_again(open_reader, slow_line):
    reader = open_reader(QUESTION)
    reader.all(CHOICE)[0].click()
    label = reader.one("[data-waiting]").text
    reader.driver.execute_script(PRESS_AND_STOP)
    reader.wait_for(lambda: reader.driver.execute_script("return window.said"))
    assert reader.driver.execute_script("return window.said") == "Saving…"
    reader.wait_for(lambda: reader.one("[data-waiting]").text == label)
    slow_line.set()
    reader.press_button("Check my answer")
    assert "/answer/" in reader.driver.current_url
    assert Answer.objects.count() == 1


def test_a_password_and_a_code_sign_in(open_reader, mailoutbox):
    user = with_password(UserFactory(email="anna@example.org"))
    reader = open_reader("/account/login/")
    type_into(reader, "login", user.email)
    type_into(reader, "password", "wrong")
    reader.press_button("Sign in")
    type_into(reader, "login", user.email)
    type_into(reader, "password", PASSWORD)
    reader.press_button("Sign in")
    reader.read("You are signed in as anna@example.org")
    reader.forget_all()
    reader.go("/account/login/")
    reader.follow("Send me a code by e-mail")
    type_into(reader, "email", user.email)
    reader.press_button("Send code")
    type_into(reader, "code", mailed_code(mailoutbox))
    reader.press_button("Continue")
    reader.read("You are signed in as anna@example.org")


@both_ways
def test_an_error_at_the_door_can_be_gone_back_from(open_reader):
    reader = open_reader("/account/")
    reader.read("Sign in")
    type_into(reader, "login", "anna@example")
    reader.press_button("Sign in")
    reader.read("There is a problem")
    reader.follow("Send me a code by e-mail")
    reader.back()
    reader.read("There is a problem")
    assert reader.one("main [name=login]").get_property("value") == "anna@example"
    reader.reload()
    reader.read("There is a problem")
    reader.back()
    reader.read("Keep me signed in on this device")
    assert "There is a problem" not in reader.text
