"""The bench prints every figure, and walks a quiz as a browser does."""

import io
import json
import os
import signal
import socket

import pytest
from django.core.management import call_command

from home.rules.stylesheet import build_stylesheet
from quizzes.models import Attempt
from tests.factories import a_course
from tests.load.pages import measuring, quizzes
from tests.load.pages.measure_pages import TARGETS, Command
from tests.load.pages.quizzes import ANSWERS, SCRIPT, take_quiz
from tests.load.pages.serving import (
    processes_below,
    proportional_megabytes,
    read_answer,
    request_for,
    start_process,
)
from tests.load.pages.site import People, bare_page, make_applications, quiz_of
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def course():
    return a_course(lessons=4, questions=5)


@pytest.fixture
def static_files(settings):
    """They are served from where they lie, as nothing has collected them."""
    settings.WHITENOISE_USE_FINDERS = True
    build_stylesheet(settings.VAR_DIR / "build")


@pytest.mark.sweep
def test_each_figure_is_one_line_with_its_target(
    course, static_files, capsys, monkeypatch
):
    monkeypatch.setattr(quizzes, "LEARNERS", 1)
    monkeypatch.setattr(measuring, "WARM", 1)
    call_command(Command(), rounds=1, requests=0, stdout=io.StringIO())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(
        set(line) == {"figure", "value", "unit", "target", "ok"} for line in lines
    )
    figures = {line["figure"] for line in lines}
    assert set(TARGETS) | {f"answer, {name}" for name in ANSWERS} <= figures
    assert all(line["ok"] for line in lines if line["unit"] == "writes"), lines


def test_a_quiz_is_taken_to_its_end_and_all_right(course):
    people = People(make_applications()[0])
    browser, quiz = people.visitor(), quiz_of(course)
    page = take_quiz(browser, quiz)
    assert "/result/" in page.path
    attempt = Attempt.objects.get()
    assert len(attempt.grades.get().marks["right"]) == 5
    assert browser.requests >= 7


def test_with_scripts_a_quiz_takes_a_request_for_each_answer(course):
    people = People(make_applications()[0])
    browser, quiz = people.visitor(**SCRIPT), quiz_of(course)
    page = take_quiz(browser, quiz)
    assert "/result/" in page.header("Content-Location")
    assert Attempt.objects.get().grades.exists()
    assert browser.requests == 1 + len(quiz.right)


def test_a_browser_answers_as_the_person_whose_account_it_is(course):
    people = People(make_applications()[0])
    people.signed_in(quiz_of(course), answers=2)
    attempt = Attempt.objects.get()
    assert attempt.learner.user
    assert attempt.answers.count() == 2


def test_the_bare_page_is_two_levels_down_and_never_kept(course, settings):
    settings.KEEPS_PAGES = True
    own, plain = make_applications()
    page = bare_page()
    assert page.depth == 4
    assert bare_page() == page
    for _visit in range(2):
        assert not People(plain).visitor().get(page.url).header("ETag")
    assert People(own).visitor().get(page.url).header("ETag")


@pytest.fixture
def connection():
    """Both ends of a connection, to say what the other one answers."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_an_answer_is_read_to_its_end_and_no_further(connection):
    ours, theirs = connection
    theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole")
    read_answer(ours, request_for("/", "learner=1"))
    assert b"\r\nCookie: learner=1\r\n\r\n" in theirs.recv(1000)
    theirs.sendall(b"next")
    assert ours.recv(10) == b"next"


@pytest.mark.parametrize("status", ["500 Error", "404 Not Found", "429 Slow Down"])
def test_an_error_is_never_counted_as_an_answer(connection, status):
    ours, theirs = connection
    theirs.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(RuntimeError, match=status[:3]):
        read_answer(ours, request_for("/"))


def test_memory_is_that_of_a_process_and_all_it_started():
    sleep = "import subprocess; subprocess.run(['sleep', '60'])"
    process = start_process("-c", sleep)
    try:
        wait_until(lambda: len(processes_below(process.pid)) == 2)
        parent, child = processes_below(process.pid)
        both = proportional_megabytes([parent, child])
        assert parent == process.pid
        assert both > proportional_megabytes([parent]) > 0
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
