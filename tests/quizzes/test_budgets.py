"""What pages cost in queries, beyond a bare Wagtail page at the same depth."""

from typing import ClassVar

import pytest
from django import template
from django.db.models import Model
from django.template import VariableDoesNotExist

from accounts.models import Learner
from quizzes.models import Question
from tests.factories import a_course, lessons_of
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import answer, form_of

pytestmark = pytest.mark.django_db


@pytest.mark.sweep
@pytest.mark.parametrize("lessons", [5, 20])
def test_reading_a_lesson_costs_six_queries_at_most(client, bare, lessons):
    course = a_course(lessons=lessons, questions=5)
    lesson = lessons_of(course)[2]
    baseline = bare(course)
    statements = statements_of(client.get, lesson.url)
    assert len(statements) - baseline <= 6, "\n".join(statements)
    assert not writes_in(statements)


@pytest.mark.sweep
@pytest.mark.parametrize("lessons", [5, 20])
def test_reading_a_lesson_as_a_learner_costs_ten_at_most(client, bare, lessons):
    course = a_course(lessons=lessons, questions=2)
    for lesson in lessons_of(course)[:4]:
        answer(client, lesson.url + "quiz/", "Right")
    lesson = lessons_of(course)[2]
    baseline = bare(course)
    statements = statements_of(client.get, lesson.url)
    assert len(statements) - baseline <= 10, "\n".join(statements)
    assert not writes_in(statements)


@pytest.mark.sweep
@pytest.mark.parametrize("questions", [3, 12])
def test_a_middle_answer_costs_eight_queries_and_three_writes(client, bare, questions):
    course = a_course(lessons=5, questions=questions)
    quiz_url = lessons_of(course)[1].url + "quiz/"
    answer(client, quiz_url, "Right")
    baseline = bare(course)
    statements = statements_of(right_answer(client, quiz_url))
    assert len(statements) - baseline <= 8, "\n".join(statements)
    assert len(writes_in(statements)) <= 3


def test_a_first_answer_costs_seven_writes_at_most(client):
    quiz_url = lessons_of(a_course())[0].url + "quiz/"
    statements = statements_of(right_answer(client, quiz_url))
    assert Learner.objects.count() == 1
    assert len(writes_in(statements)) <= 7, "\n".join(writes_in(statements))


def test_a_last_answer_costs_seven_writes_even_when_it_ends_the_course(client):
    course = a_course(lessons=1, questions=2)
    quiz_url = lessons_of(course)[0].url + "quiz/"
    answer(client, quiz_url, "Right")
    statements = statements_of(right_answer(client, quiz_url))
    assert Learner.objects.get().enrolments.get().certificate
    assert len(writes_in(statements)) <= 7, "\n".join(writes_in(statements))


@pytest.mark.sweep
@pytest.mark.parametrize("questions", [3, 12])
def test_a_first_answer_costs_fourteen_queries_at_most(client, bare, questions):
    course = a_course(lessons=5, questions=questions)
    quiz_url = lessons_of(course)[1].url + "quiz/"
    client.get(quiz_url, follow=True)
    baseline = bare(course)
    statements = statements_of(right_answer(client, quiz_url))
    assert len(statements) - baseline <= 14, "\n".join(statements)


@pytest.mark.sweep
@pytest.mark.parametrize("questions", [3, 12])
def test_a_last_answer_costs_fourteen_queries_at_most(client, bare, questions):
    course = a_course(lessons=5, questions=questions)
    quiz_url = lessons_of(course)[1].url + "quiz/"
    for _question in range(questions - 1):
        answer(client, quiz_url, "Right")
    baseline = bare(course)
    statements = statements_of(right_answer(client, quiz_url))
    assert len(statements) - baseline <= 14, "\n".join(statements)


@pytest.mark.sweep
@pytest.mark.parametrize(("lessons", "questions"), [(5, 3), (20, 12)])
def test_a_result_costs_ten_queries_and_no_write(client, bare, lessons, questions):
    course = a_course(lessons=lessons, questions=questions)
    quiz_url = lessons_of(course)[1].url + "quiz/"
    for _question in range(questions):
        answer(client, quiz_url, "Right")
    baseline = bare(course)
    statements = statements_of(client.get, quiz_url + "result/")
    assert len(statements) - baseline <= 10, "\n".join(statements)
    assert not writes_in(statements)


@pytest.mark.sweep
@pytest.mark.parametrize("lessons", [5, 20])
def test_a_course_page_costs_a_learner_eight_queries_at_most(client, bare, lessons):
    course = a_course(lessons=lessons, questions=2)
    for lesson in lessons_of(course)[:4]:
        answer(client, lesson.url + "quiz/", "Right")
    baseline = bare(course)
    statements = statements_of(client.get, course.url)
    assert len(statements) - baseline <= 8, "\n".join(statements)
    assert not writes_in(statements)


def test_a_course_page_reads_no_body_of_a_lesson(client):
    course = a_course(lessons=5)
    statements = statements_of(client.get, course.url)
    assert not [sql for sql in statements if '"course_lessonpage"."body"' in sql]


def test_a_last_answer_reads_the_body_of_its_own_lesson_only(client):
    course = a_course(lessons=3, questions=1)
    statements = statements_of(
        right_answer(client, lessons_of(course)[0].url + "quiz/")
    )
    read = [sql for sql in statements if '"course_lessonpage"."body"' in sql]
    assert len(read) == 1, "\n".join(read)


def right_answer(client, quiz_url):
    """Return a post of the right answer, the form having been fetched before."""
    form = form_of(client, quiz_url)
    question = Question.objects.get(translation_key=form.hidden["question"])
    return lambda: form.send(client, choice=str(question.options[0].id))


class Missed(VariableDoesNotExist):
    """What a template looked for in vain."""

    in_rows: ClassVar[list] = []

    def __init__(self, message, params=None):
        super().__init__(message, params)
        name, holder = params
        if isinstance(holder, Model):
            self.in_rows.append(f"{name} of {holder!r}")


def test_pages_of_a_learner_ask_no_row_for_what_it_does_not_have(client, monkeypatch):
    """Each such look costs as much as several queries: a row has many names."""
    lesson = lessons_of(a_course(lessons=2, questions=3))[0]
    quiz_url = lesson.url + "quiz/"
    answer(client, quiz_url, "Right")
    monkeypatch.setattr(template.base, "VariableDoesNotExist", Missed)
    monkeypatch.setattr(Missed, "in_rows", [])
    for path in (lesson.url, f"{quiz_url}2/", f"{quiz_url}answer/1/"):
        client.get(path)
    assert not Missed.in_rows
