"""Going back to an older revision brings its words, and what is right now."""

import json

import pytest
from django.urls import reverse

from course.models import LessonPage
from quizzes.actions.going_back import keep_what_is_right_now
from tests.factories import QuestionFactory, UserFactory, options
from tests.quizzes.regrading import a_lesson_of, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return a_lesson_of(questions=2)


@pytest.fixture
def then(lesson):
    """An old draft that was to mark again, before the key was put right."""
    old = draft_of(
        lesson, right="Right", given_answers="re_mark", kind_of_change="safety"
    )
    draft_of(
        lesson, right="Wrong", given_answers="keep", kind_of_change="wording"
    ).publish()
    return old


def newest(lesson):
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def right_options(question):
    return [o.value["text"] for o in question.options if o.value["right"]]


def test_it_takes_the_key_and_the_decisions_of_now(lesson, then):
    page = then.as_object()
    assert keep_what_is_right_now(then=page, now=newest(lesson))
    assert right_options(page.questions.all()[0]) == ["Wrong"]
    assert right_options(page.questions.all()[1]) == ["Right"]
    assert (page.kind_of_change, page.given_answers) == ("wording", "keep")
    assert not keep_what_is_right_now(then=page, now=newest(lesson))


def test_options_that_are_others_now_come_as_they_are_now(lesson, then):
    page, now = then.as_object(), newest(lesson)
    questions = list(now.questions.all())
    questions[0].options = options("Another", "Still another", right=(1,))
    now.questions.set(questions)
    assert keep_what_is_right_now(then=page, now=now)
    assert right_options(page.questions.all()[0]) == ["Still another"]


def test_a_right_order_is_that_of_now():
    lesson = a_lesson_of(questions=0)
    QuestionFactory(lesson=lesson, ordering=True)
    page = newest(lesson)
    now = newest(lesson)
    [question] = now.questions.all()
    turned = list(reversed(question.options.get_prep_value()))
    question.options = json.dumps(turned)
    now.questions.set([question])
    keep_what_is_right_now(then=page, now=now)
    texts = [o.value["text"] for o in page.questions.all()[0].options]
    assert texts == [o.value["text"] for o in question.options]


def test_a_question_taken_out_since_comes_back_as_it_was(lesson, then):
    page, now = then.as_object(), newest(lesson)
    now.questions.set(list(now.questions.all())[1:])
    assert not keep_what_is_right_now(then=page, now=now)
    assert right_options(page.questions.all()[0]) == ["Right"]


def test_the_editor_shows_what_is_right_now_and_says_so(client, lesson, then):
    client.force_login(UserFactory(administrator=True))
    path = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, then.pk])
    page = client.get(path)
    assert "Right answers have changed since this version" in page.text
    shown = page.context["form"].instance
    assert right_options(shown.questions.all()[0]) == ["Wrong"]
    assert shown.given_answers == "keep"
