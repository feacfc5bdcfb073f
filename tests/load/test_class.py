"""A class of made-up learners answers, within bounds, and says what went wrong."""

import json
import math
import socket

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Answer, Attempt
from tests.factories import a_course, lessons_of
from tests.load.measure_class import Classroom, Command
from tests.load.pages.http_browsing import HttpBrowser
from tests.load.pages.quizzes import SCRIPT
from tests.load.pages.site import Quiz


def figures_in(capsys):
    """Return figure → what was written of it."""
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return {line.get("figure", line.get("error")): line for line in lines}


@pytest.mark.parametrize(
    "beyond", [{"learners": 1_001}, {"learners": 0}, {"seconds": 601}, {"seconds": 0}]
)
def test_it_is_bounded_in_count_and_time(beyond):
    with pytest.raises(CommandError, match="1000 learners and 600 seconds"):
        call_command(Command(), **beyond)


@pytest.fixture
def quiz():
    lesson = lessons_of(a_course(lessons=1, questions=3))[0]
    found = Quiz(lesson, f"{lesson.url}quiz/")
    found.right  # noqa: B018 - as the command does
    return found


@pytest.mark.django_db(transaction=True)
def test_each_answer_is_one_request(live_server, quiz):
    port = live_server.thread.port
    classroom, browser = Classroom(port, [quiz], every=0), HttpBrowser(port, SCRIPT)
    classroom.take(browser, quiz, until=math.inf)
    beginning = 2  # The quiz leads to its first question.
    assert browser.requests == beginning + len(quiz.right)
    assert len(classroom.times) == Answer.objects.count() == len(quiz.right)
    assert Attempt.objects.submitted().exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_class_was_told_is_kept_was_kept(live_server, quiz, capsys):
    classroom = Classroom(live_server.thread.port, [quiz], every=0)
    classroom.answer(learners=2, seconds=1)
    classroom.write_figures(Answer.objects.count())
    found = figures_in(capsys)
    assert found["class: errors"]["ok"], found
    assert found["class: answers kept"]["value"] == len(classroom.times)


def test_a_learner_whom_nobody_answers_is_counted(capsys):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        classroom = Classroom(unused.getsockname()[1], [Quiz(None, "/quiz/")], every=0)
        classroom.answer(learners=1, seconds=1)
    classroom.write_figures(0)
    found = figures_in(capsys)
    assert not found["class: errors"]["ok"]
    assert not found["class: answer, p95"]["ok"]
