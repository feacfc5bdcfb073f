"""Questions inside the lesson's text: answered in place, and nothing is kept."""

import json
import re

import pytest
from django.apps import apps

from quizzes.models import Question
from tests.factories import BODY, QuestionFactory, a_course, lessons_of
from tests.statements import statements_of, writes_in

pytestmark = pytest.mark.django_db
CONTROL = re.compile(r'<input class="[^"]*" type="radio" name="([^"]+)"')


def place(lesson, *handles):
    """Ask the questions with these ids at the end of the lesson's text."""
    blocks = [
        {"type": "check_yourself", "id": f"c-{handle}", "value": {"question": handle}}
        for handle in handles
    ]
    lesson.body = json.dumps([*BODY, *blocks])
    lesson.save_revision().publish()


@pytest.fixture
def question(lesson):
    question = lesson.questions.first()
    place(lesson, question.handle)
    return question


def check(client, lesson, question, **sent):
    named = {f"{question.handle}.as-shown.{name}": v for name, v in sent.items()}
    return client.get(lesson.url, {"check": question.handle, **named})


def names_in(page):
    """Return what the names of the controls begin with, without doubles."""
    return {name.rpartition(".")[0] for name in CONTROL.findall(page.text)}


def test_controls_are_named_for_the_question_and_its_wording(client, lesson, question):
    before = names_in(client.get(lesson.url))
    assert {name.partition(".")[0] for name in before} == {question.handle}
    assert names_in(check(client, lesson, question, choice="not-sure")) == before
    question.stem = "Which answer is wrong?"
    question.save()
    assert names_in(client.get(lesson.url)).isdisjoint(before)


def option(question, text):
    return next(str(o.id) for o in question.options if o.value["text"] == text)


def test_a_question_is_asked_in_the_text_and_nothing_is_chosen(
    client, lesson, question
):
    page = client.get(lesson.url).text
    assert question.stem in page
    assert f'action="#check-{question.handle}"' in page
    assert " checked>" not in page
    assert "Why: Right." not in page


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("Right", "That is right"), ("Wrong", "Not quite")],
)
def test_the_feedback_is_given_at_once(client, lesson, question, text, verdict):
    page = check(client, lesson, question, choice=option(question, text)).text
    assert verdict in page
    assert f"Why: {text}." in page
    assert " checked>" in page


def test_not_sure_and_nothing_chosen_are_answered_too(client, lesson, question):
    assert (
        "Here is the answer" in check(client, lesson, question, choice="not-sure").text
    )
    assert "Choose one answer, or" in check(client, lesson, question).text


def test_steps_can_be_moved_and_judged(client, lesson):
    question = QuestionFactory(lesson=lesson, ordering=True)
    place(lesson, question.handle)
    ids = [str(o.id) for o in question.options]
    moved = check(client, lesson, question, move=f"{ids[0]}:down").text
    assert "That is right" not in moved
    assert "That is right" in check(client, lesson, question, order=ids).text


@pytest.mark.parametrize(
    "sent", [{"choice": "x" * 5000}, {"move": "x:up"}, {"choice": "not-sure"}]
)
def test_nonsense_is_an_unanswered_question(client, lesson, question, sent):
    asked = "unheard-of" if sent == {"choice": "not-sure"} else question.handle
    named = {f"{question.handle}.as-shown.{name}": v for name, v in sent.items()}
    response = client.get(lesson.url, {"check": asked} | named)
    assert response.status_code == 200
    assert "That is right" not in response.text


def test_answering_in_the_text_writes_nothing_and_sets_no_cookie(
    client, lesson, question
):
    right = option(question, "Right")
    statements = statements_of(lambda: check(client, lesson, question, choice=right))
    assert not writes_in(statements)
    assert not client.cookies
    records = ("Attempt", "Answer", "Grade")
    assert not any(apps.get_model("quizzes", r).objects.exists() for r in records)


def test_a_question_of_another_lesson_is_not_asked(client, lesson):
    other = Question.objects.exclude(lesson=lesson).first()
    place(lesson, other.handle)
    assert other.stem not in client.get(lesson.url).text


@pytest.mark.sweep
@pytest.mark.parametrize("number", [1, 6])
def test_any_number_of_them_costs_one_query(client, bare, number):
    course = a_course(lessons=5, questions=6)
    lesson = lessons_of(course)[2]
    place(lesson, *[q.handle for q in lesson.questions.all()[:number]])
    baseline = bare(course)
    statements = statements_of(client.get, lesson.url)
    assert len(statements) - baseline <= 7, "\n".join(statements)


def test_their_sources_are_listed_with_the_lessons(client, lesson):
    question = QuestionFactory(lesson=lesson, sources="S2")
    assert 'id="source-S2"' not in client.get(lesson.url).text
    place(lesson, question.handle)
    assert 'id="source-S2"' in client.get(lesson.url).text


def test_paper_leaves_them_out(client, lesson, question):
    assert question.stem not in client.get(lesson.url + "print/").text
