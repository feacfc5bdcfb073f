"""A learner changes language in the middle of a quiz, and loses nothing."""

from dataclasses import replace

import pytest
from django.test import Client

from quizzes.models import Answer, Attempt, Grade
from quizzes.queries.attempts import paper_of
from quizzes.rules.paper import digest_paper
from quizzes.rules.question_comparison import is_same_question
from tests.factories import QuestionFactory, a_course, a_translation, lessons_of
from tests.taking_quizzes import answer, feedback_on, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def lessons():
    """A lesson of three questions and its Spanish translation, which is live."""
    course = a_course(lessons=1, questions=3)
    english = lessons_of(course)[0]
    spanish = a_translation(english, title="Primera", slug="primera")
    for question in spanish.questions.all():
        question.stem = f"¿{question.stem}"
        for option in question.options:
            option.value["text"] += " es"
        question.save()
    return english, type(spanish).objects.get(pk=spanish.pk)


def quiz_of(lesson):
    return f"{lesson.full_url.removeprefix('http://localhost')}quiz/"


def test_the_words_change_with_the_language_and_the_attempt_goes_on(lessons):
    english, spanish = lessons
    browser = Client()
    answer(browser, quiz_of(english), "Right")
    page = browser.get(quiz_of(spanish), follow=True)
    assert page.request["PATH_INFO"] == f"{quiz_of(spanish)}2/"
    assert "Right es" in page.text
    assert "¿What" in page.text
    feedback = feedback_on(browser, quiz_of(spanish), "Wrong es")
    assert "Wrong es" in feedback.text
    answer(browser, quiz_of(english), "Right")
    grade = Grade.objects.get()
    assert (grade.right, grade.out_of) == (2, 3)
    assert grade.paper == Attempt.objects.get().paper
    assert grade.paper.locale == "en"
    for lesson, words in ((spanish, "¿What"), (english, "What")):
        assert words in browser.get(f"{quiz_of(lesson)}result/").text


def test_each_answer_records_the_paper_that_was_shown(lessons):
    english, spanish = lessons
    browser = Client()
    answer(browser, quiz_of(english), "Right")
    answer(browser, quiz_of(spanish), "Right es")
    shown = [each.shown_paper for each in Answer.objects.order_by("pk")]
    assert shown[0] is None
    assert shown[1].sha256 == digest_paper(paper_of(spanish))


def test_a_question_whose_right_answer_differs_stays_as_it_was_asked(lessons):
    english, spanish = lessons
    browser = Client()
    answer(browser, quiz_of(english), "Right")
    _first, second, _third = spanish.questions.all()
    for option in second.options:
        option.value["right"] = not option.value["right"]
    second.save()
    page = browser.get(f"{quiz_of(spanish)}2/")
    assert "Right es" not in page.text
    assert "What is" in page.text
    answer(browser, quiz_of(spanish), "Right")
    assert Answer.objects.order_by("pk").last().shown_paper is None


def test_a_question_that_is_not_translated_stays_as_it_was_asked(lessons):
    english, spanish = lessons
    browser = Client()
    answer(browser, quiz_of(english), "Right")
    spanish.questions.all()[1].delete()
    page = browser.get(f"{quiz_of(spanish)}2/")
    assert "Right es" not in page.text
    assert "of 3" in page.text or "3" in page.text


def test_an_answer_to_words_that_changed_meanwhile_is_not_saved(lessons):
    english, spanish = lessons
    browser = Client()
    answer(browser, quiz_of(english), "Right")
    page = browser.get(f"{quiz_of(spanish)}2/")
    form = form_of(browser, quiz_of(spanish), page)
    second = spanish.questions.all()[1]
    second.stem = "¿Otra pregunta?"
    second.save()
    sent = form.send(browser, choice=str(second.options[0].id))
    assert sent.url.endswith("not-kept/")
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "changed", "is_same"),
    [
        ("numeric", {}, True),
        ("multiple", {"text": "Otra"}, True),
        ("ordering", {"text": "Otra"}, True),
        ("short_text", {"text": "Otra"}, False),
        ("matching", {"match": "Otra"}, False),
    ],
)
def test_answers_are_the_same_where_no_words_are_kept(lessons, kind, changed, is_same):
    english = QuestionFactory.build(lesson=lessons[0], **{kind: True}).frozen()
    options = tuple(replace(option, **changed) for option in english.options)
    spanish = replace(english, stem="¿Qué?", options=options)
    assert is_same_question(english, spanish) == is_same
