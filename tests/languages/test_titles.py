"""Titles of pages that are not translated say in which language they are."""

import pytest
from django.test import Client

from quizzes.models import Question
from tests.factories import a_course, a_translation, an_option, lessons_of
from tests.statements import statements_of
from tests.taking_quizzes import answer, give_first_options
from tests.training.staff import a_member, a_team, an_assignment
from tests.visit.asking import ask, questions_to_ask
from visit.models import ChosenQuestion

pytestmark = pytest.mark.django_db
LOCALES = 'SELECT "wagtailcore_locale"'


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def course():
    """A course of two lessons; only the first lesson is in Spanish."""
    course = a_course(lessons=2, questions=1, title="Hair")
    a_translation(course.get_parent().specific)
    first = lessons_of(course)[0]
    spanish = a_translation(course, title="Pelo")
    a_translation(first, title="Primera")
    spanish.unpublish()
    return course


def english(words):
    return f'<span lang="en" dir="ltr">{words}</span>'


def test_on_ones_progress(course):
    lesson = lessons_of(course)[1]
    browser = Client()
    give_first_options(browser, lesson)
    page = browser.get("/es/progress/").text
    assert english("Hair") in page
    assert english(lesson.title) in page
    assert "Primera" in page
    assert english("Primera") not in page
    assert 'lang="en" dir="ltr">Hair' not in browser.get("/progress/").text


def test_in_what_one_is_asked_to_learn(client, course):
    team = a_team()
    client.force_login(a_member(team).user)
    an_assignment(course, team)
    an_assignment(course, team, title="De un formador")
    page = client.get("/es/my-learning/").text
    assert f"<h3>{english('Hair')}</h3>" in page
    assert "<h3>De un formador</h3>" in page
    assert f"Curso: {english('Hair')}" in page


def test_in_ones_visit(client, course):
    lesson = lessons_of(course)[1]
    [asked] = questions_to_ask(lesson, "Who makes it?")
    ask(client, asked)
    page = client.get("/es/my-visit/").text
    assert english("Who makes it?") in page
    assert english(lesson.title) in page


@pytest.mark.parametrize("kind", ["quiz", "option"])
def test_in_a_sentence_of_the_interface(client, course, kind):
    made = {
        "quiz": lambda: Question.objects.get(lesson=lessons_of(course)[1]),
        "option": lambda: an_option(course, name="Waiting"),
    }[kind]()
    ask(client, made)
    assert ChosenQuestion.objects.exists()
    words = made.stem if kind == "quiz" else "Waiting"
    for path in ("", "sheet/", "show/"):
        page = client.get(f"/es/my-visit/{path}").text
        assert english(words) in page
        assert 'lang="en" dir="ltr">No' not in page


def test_of_results_whose_lesson_is_gone(course):
    lesson = lessons_of(course)[1]
    browser = Client()
    answer(browser, f"{lesson.url}quiz/", "Right")
    lesson.unpublish()
    page = browser.get("/es/progress/").text
    assert english(lesson.title) in page
    assert english("Hair") in page


def test_asks_for_languages_once_for_any_number_of_titles(course):
    browser = Client()
    costs = []
    for title in ("Skin", "Nails", "Teeth"):
        other = a_course(lessons=1, questions=1, title=title)
        give_first_options(browser, lessons_of(other)[0])
        asked = statements_of(browser.get, "/es/progress/")
        costs.append(sum(sql.startswith(LOCALES) for sql in asked))
    assert max(costs) <= 1
