"""The draft quiz, tried out by its author: whole, with feedback, and nothing is kept."""

import json

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from tests.factories import BODY, UserFactory, a_course, lessons_of
from tests.quizzes.editing import kept_fields, lesson_form, question_fields

pytestmark = pytest.mark.django_db

NEW = "What is new?"


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=1))[0]


@pytest.fixture
def preview(client, lesson):
    """Return a function that previews an unsaved form of the lesson."""
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])

    def show(mode, *questions, **sent):
        form = lesson_form(lesson, [kept_fields(lesson.questions.get()), *questions])
        assert client.post(url, form).json()["is_valid"]
        return client.get(url, {"mode": mode, "in_preview_panel": "true", **sent})

    return show


def option(lesson, text):
    options = lesson.questions.get().options
    return next(str(o.id) for o in options if o.value["text"] == text)


def test_the_author_sees_the_draft_lesson_and_the_draft_quiz(preview, lesson):
    assert lesson.main_message.split(" [")[0] in preview("").text
    page = preview("quiz", question_fields(NEW)).text
    assert NEW in page
    assert lesson.questions.get().stem in page
    assert "Why: Right." not in page


def test_each_question_answered_gets_its_feedback(preview, lesson):
    handle = lesson.questions.get().handle
    answer = {
        f"{handle}.as-shown.choice": option(lesson, "Wrong"),
        "what-is-new.as-shown.choice": "not-sure",
    }
    page = preview("quiz", question_fields(NEW), **answer).text
    assert "Not quite" in page
    assert "Not sure yet? Here is the answer" in page
    assert 'name="mode" value="quiz"' in page


def test_a_question_that_cannot_be_asked_yet_is_named_with_the_reason(preview):
    half = question_fields(NEW, options=streamfield([("option", {"text": "One"})]))
    nothing = question_fields("", kind="", handle="")
    page = preview("quiz", half, nothing).text
    assert f"Not asked yet: {NEW}" in page
    assert "mark exactly one as right" in page
    assert "Choose a kind of question." in page


def test_trying_out_leaves_no_record_and_no_cookie(preview, lesson, client):
    handle = lesson.questions.get().handle
    preview("quiz", **{f"{handle}.as-shown.choice": option(lesson, "Right")})
    records = [*apps.get_app_config("quizzes").get_models()]
    kept = [m.__name__ for m in records if m.objects.exists()]
    assert kept == ["Question"]
    assert not apps.get_model("accounts", "Learner").objects.exists()
    assert "learner" not in client.cookies


def test_questions_in_the_text_can_be_tried_in_the_preview(client, lesson):
    question = lesson.questions.get()
    block = {
        "type": "check_yourself",
        "id": "c",
        "value": {"question": question.handle},
    }
    lesson.body = json.dumps([*BODY, block])
    lesson.save_revision()
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
    sent = {
        "check": question.handle,
        f"{question.handle}.as-shown.choice": option(lesson, "Right"),
    }
    assert "That is right" in client.get(url, sent).text


def test_the_preview_comes_in_three_widths(lesson):
    widths = [size["device_width"] for size in lesson.preview_sizes]
    assert widths == [375, 768, 1280]
