"""What learners' pages share is remembered, and they cost few queries."""

import re

import pytest
from django.test import Client

from course.models import FaqEntry, LessonPage
from page_cache import memory
from page_cache.memory import known_version, recall_part
from tests.factories import a_course, lessons_of
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import FORM, answer, form_of, value_of

pytestmark = pytest.mark.django_db(transaction=True)


def costs(client, path):
    """Return the statements of a page whose address was asked for before."""
    assert client.get(path).status_code == 200
    return statements_of(client.get, path)


@pytest.fixture
def quiz(db):
    """The second lesson's quiz in a course of five, with three questions."""
    return lessons_of(a_course(lessons=5, questions=3))[1].url + "quiz/"


@pytest.fixture
def learner(quiz):
    client = Client()
    answer(client, quiz, "Right")
    return client


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("below", "most"), [("2/", 4), ("answer/1/", 6), ("../", 6), ("../../", 7)]
)
def test_pages_of_a_learner_cost_few_queries(learner, quiz, below, most):
    path = quiz + below
    while "/../" in path:
        path = re.sub(r"[^/]+/\.\./", "", path, count=1)
    statements = costs(learner, path)
    assert len(statements) <= most, "\n".join(statements)


def test_a_result_costs_ten_queries_at_most_and_no_write(learner, quiz):
    answer(learner, quiz, "Right")
    answer(learner, quiz, "Right")
    statements = costs(learner, f"{quiz}result/")
    assert len(statements) <= 10, "\n".join(statements)
    assert not writes_in(statements)


def sent(client, quiz):
    """Return the statements of sending the right answer to the question now asked."""
    page = client.get(quiz, follow=True)
    form = form_of(client, quiz, page)
    choice = value_of(page, "Right")
    return statements_of(lambda: form.send(client, choice=choice))


def test_answers_cost_few_queries(quiz):
    answer(Client(), quiz, "Right")
    client = Client()
    for most in (12, 7, 13):
        statements = sent(client, quiz)
        assert len(statements) <= most, "\n".join(statements)


def test_nothing_is_remembered_outside_of_a_page_that_is_read():
    built = []
    assert recall_part("name", lambda: built.append(1) or "value") == "value"
    assert recall_part("name", lambda: built.append(1) or "value") == "value"
    assert built == [1, 1]


@pytest.fixture
def reading():
    """As in a request for a page, under the version "one"."""
    token = known_version.set("one")
    yield
    known_version.reset(token)


def test_what_is_remembered_is_nobody_elses_to_change(reading):
    recall_part("list", lambda: ["kept"]).append("added")
    recall_part("list", lambda: ["built anew"]).append("added")
    assert recall_part("list", lambda: ["built anew"]) == ["kept"]


def test_what_cannot_be_changed_is_not_copied(reading):
    kept = memory.recall_frozen_part("frozen", lambda: ("kept",))
    assert memory.recall_frozen_part("frozen", lambda: ("anew",)) is kept
    known_version.set("two")
    assert memory.recall_frozen_part("frozen", lambda: ("anew",)) == ("anew",)


def test_that_there_is_none_is_remembered_too(reading):
    assert recall_part("none", lambda: None) is None
    assert recall_part("none", lambda: "built anew") is None


def test_another_version_or_five_minutes_forget_all(reading, monkeypatch):
    recall_part("name", lambda: "old")
    known_version.set("two")
    assert recall_part("name", lambda: "new") == "new"
    later = memory.time.monotonic() + memory.LIFE
    monkeypatch.setattr(memory.time, "monotonic", lambda: later)
    assert recall_part("name", lambda: "newer") == "newer"


def test_a_process_remembers_a_bounded_number_of_bytes(reading, monkeypatch):
    monkeypatch.setattr(memory, "_MOST", 20_000)
    for number in range(100):
        recall_part(number, lambda: "x" * 1000)
    for number in range(80):
        assert recall_part(number, lambda: "forgotten") == "forgotten"
    assert recall_part(99, lambda: "forgotten") == "x" * 1000


def test_one_name_is_counted_once(reading, monkeypatch):
    monkeypatch.setattr(memory, "_MOST", 3_000)
    recall_part("other", lambda: "kept")
    for _time in range(10):
        memory.remember_part("name", "x" * 1000)
    assert recall_part("other", lambda: "forgotten") == "kept"


def test_a_preview_is_built_without_memory(quiz):
    lesson = LessonPage.objects.first()
    Client().get(lesson.url, headers={"Cookie": "theme=dark"})
    lesson.faq_entries = [
        FaqEntry(
            handle="new",
            question="Only in the draft?",
            answer="<p>Yes.</p>",
            locale=lesson.locale,
        )
    ]
    shown = lesson.make_preview_request()
    assert "Only in the draft?" in shown.text
    assert (
        "Only in the draft?"
        not in Client().get(lesson.url, headers={"Cookie": "theme=dark"}).text
    )


def take_quiz(client, quiz, **extra):
    """Answer five questions as a browser does; return how many requests it made."""
    page, requests = client.get(f"{quiz}1/"), 1
    while FORM.search(page.text):
        form, choice = form_of(client, quiz, page), value_of(page, "Right")
        sent = form.hidden | {f"{form.names}choice": choice}
        page = client.post(form.address, sent, **extra)
        requests += 1
        if page.status_code == 302:
            page = client.get(page.url)
            requests += 1
    assert "You have finished this lesson" in page.text
    return requests


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("extra", "most_requests", "most"),
    [({}, 11, 80), ({"headers": {"Prefer": "return=representation"}}, 7, 60)],
    ids=["without scripts", "with scripts"],
)
def test_what_a_quiz_of_five_questions_costs(extra, most_requests, most):
    quiz = lessons_of(a_course(lessons=5, questions=5))[1].url + "quiz/"
    assert take_quiz(Client(), quiz, **extra) <= most_requests
    statements = statements_of(take_quiz, Client(), quiz, **extra)
    assert len(statements) <= most, "\n".join(statements)
    assert len(writes_in(statements)) <= 13, "\n".join(writes_in(statements))
