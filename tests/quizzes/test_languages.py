"""A learner changes language in the middle of a quiz, and loses nothing."""

from dataclasses import replace

import pytest
from django.test import Client

from quizzes.models import Answer, Attempt, Grade
from quizzes.queries.attempts import paper_of
from quizzes.queries.corrections import correction_of
from quizzes.rules.paper import digest_paper
from quizzes.rules.question_comparison import is_same_question
from quizzes.rules.regrading import change_for
from tests.factories import (
    QuestionFactory,
    a_course,
    a_translation,
    lessons_of,
    publish_signed,
    sign,
)
from tests.quizzes.regrading import draft_of, scores
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


class TestDecisionOnGivenAnswers:
    """What is decided in one language holds for what was answered in another."""

    @pytest.fixture
    def browser(self, lessons):
        """Somebody who did the quiz in Spanish, all right by the key of then."""
        english, spanish = lessons
        english.save_revision().publish()
        browser = Client()
        for _question in range(3):
            answer(browser, quiz_of(spanish), "Right es")
        assert scores() == [3]
        return browser

    @pytest.mark.parametrize(
        ("choice", "score"),
        [("re_mark", 2), ("both_right", 3), ("full_credit", 3), ("keep", 3)],
    )
    def test_marks_answers_in_every_language(self, lessons, browser, choice, score):
        draft_of(lessons[0], given_answers=choice, kind_of_change="content").publish()
        assert scores() == [score]

    def test_gives_credit_for_what_is_right_now(self, lessons):
        english, spanish = lessons
        english.save_revision().publish()
        browser = Client()
        for words in ("Wrong es", "Right es", "Right es"):
            answer(browser, quiz_of(spanish), words)
        draft_of(english, given_answers="re_mark", kind_of_change="content").publish()
        assert scores() == [3]

    def test_is_told_in_the_words_that_were_read(self, lessons, browser):
        fields = {"given_answers": "re_mark", "kind_of_change": "content"}
        draft_of(lessons[0], **fields).publish()
        attempt = Attempt.objects.get()
        [changed] = correction_of(attempt).questions.values()
        assert changed.stem.startswith("¿What")
        assert (changed.before, changed.now) == (["Right es"], ["Wrong es"])
        assert "Wrong es" in browser.get(f"{quiz_of(lessons[1])}result/").text

    def test_leaves_alone_what_was_asked_otherwise_in_another_language(self, lessons):
        """The Spanish key alone was wrong, so only Spanish answers get credit."""
        english, spanish = lessons
        publish_signed(spanish)
        draft = draft_of(spanish, right="Wrong es")
        sign(type(spanish).objects.get(pk=spanish.pk))
        draft.publish()
        for lesson, words in ((spanish, "Right es"), (english, "Wrong")):
            browser = Client()
            answer(browser, quiz_of(lesson), words)
            for _question in range(2):
                right = "Right es" if lesson == spanish else "Right"
                answer(browser, quiz_of(lesson), right)
        assert scores() == [2, 2]
        draft = draft_of(spanish, right="Right es", given_answers="full_credit")
        sign(type(spanish).objects.get(pk=spanish.pk))
        draft.publish()
        assert scores() == [3, 2]


@pytest.mark.parametrize(
    ("kind", "is_bound"),
    [({}, True), ({"multiple": True}, True), ({"short_text": True}, False)],
)
@pytest.mark.parametrize("knows_before", [True, False])
def test_a_changed_question_is_bound_where_answers_hold_no_words(
    lessons, kind, is_bound, knows_before
):
    english = QuestionFactory.build(lesson=lessons[0], **kind).frozen()
    paper = paper_of(lessons[0])
    before = replace(paper, questions=(english,))
    swapped = tuple(replace(o, right=not o.right) for o in english.options)
    swapped = swapped if is_bound else (replace(swapped[0], text="new", right=True),)
    now = replace(paper, questions=(replace(english, options=swapped),))
    own = replace(before, locale="es")
    found = change_for(own, before if knows_before else None, now)
    assert (english.key in found.questions) == is_bound
