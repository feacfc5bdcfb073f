"""A choice for which no answer came at all is still there on the way back."""

import threading
from contextlib import suppress

import pytest
from django.core.servers.basehttp import ServerHandler
from selenium.common.exceptions import WebDriverException

from quizzes.models import Answer
from tests.browser.engines.reading import is_gone
from tests.browser.engines.test_going_back import (
    KINDS,
    NOTHING,
    a_quiz_of_each_kind,
    choose,
    chosen,
)

pytestmark = [
    pytest.mark.sweep,
    # Chromium puts its error page in place of the question: Back leads before it.
    pytest.mark.parametrize("engine", ["firefox"], indirect=True),
]


@pytest.fixture
def quiz(secure_site):
    return a_quiz_of_each_kind()


@pytest.fixture
def silent_server(monkeypatch):
    """An event: while it is set, the server hangs up instead of answering."""
    is_silent, answer = threading.Event(), ServerHandler.run

    def hang_up_or_answer(handler, application):
        if is_silent.is_set():
            handler.request_handler.close_connection = True
        else:
            answer(handler, application)

    monkeypatch.setattr(ServerHandler, "run", hang_up_or_answer)
    return is_silent


def move_a_step(reader):
    """Move the first step down, and return the order; None if there are no steps."""
    before, buttons = chosen(reader), reader.all("button[value$=':down']")
    if not buttons:
        return None
    buttons[0].click()
    reader.wait_for(lambda: chosen(reader) != before)
    return chosen(reader)


def find_nobody_there(reader):
    """Send the answer, and once more, and come to the browser's own page on errors."""
    form = reader.one("form.app-question")
    reader.one("[data-waiting]").click()
    reader.read("Your answer may not have arrived")
    # Firefox tells its driver that this is no page.
    with suppress(WebDriverException):
        reader.one("[data-waiting]").click()
    reader.wait_for(lambda: is_gone(form))


@pytest.mark.parametrize("number", range(1, len(KINDS) + 1))
def test_a_choice_is_still_there_when_no_answer_came_at_all(
    open_reader, quiz, silent_server, number
):
    reader = open_reader(f"{quiz}{number}/")
    given = move_a_step(reader) or choose(reader, 0)
    silent_server.set()
    find_nobody_there(reader)
    silent_server.clear()
    reader.driver.back()
    reader.wait_for(lambda: reader.all("form.app-question"))
    assert chosen(reader) == given
    reader.press_button("Check my answer")
    assert Answer.objects.count() == 1
    assert reader.driver.execute_script("return sessionStorage.length") == 0


def test_nobody_else_finds_the_choice_that_got_no_answer(
    open_reader, quiz, silent_server
):
    reader = open_reader(f"{quiz}1/")
    choose(reader, 0)
    silent_server.set()
    find_nobody_there(reader)
    silent_server.clear()
    reader.driver.delete_all_cookies()
    reader.driver.back()
    reader.wait_for(lambda: reader.all("form.app-question"))
    reader.go(f"{quiz}1/")
    assert chosen(reader) == NOTHING
    assert reader.driver.execute_script("return sessionStorage.length") == 0
