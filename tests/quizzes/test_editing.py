"""A question edited and published in the admin, with people answering it."""

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.models import Attempt, Paper
from tests.factories import UserFactory, a_course, lessons_of
from tests.quizzes.editing import kept_fields, lesson_form
from tests.taking_quizzes import answer, finish

pytestmark = pytest.mark.django_db

NEW = "What is the new wording?"


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=2))[0]


def publish_new_wording(lesson):
    """Change the first question's stem in the editor and publish the lesson."""
    editor = Client()
    editor.force_login(UserFactory(administrator=True))
    first, second = lesson.questions.all()
    form = lesson_form(lesson, [kept_fields(first, stem=NEW), kept_fields(second)])
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = editor.post(url, form | {"action-publish": "action-publish"})
    assert response.status_code == 302
    assert lesson.questions.first().stem == NEW


def test_the_old_attempt_keeps_the_old_wording_and_a_new_one_has_the_new(
    client, lesson
):
    old = lesson.questions.first().stem
    quiz_url = lesson.url + "quiz/"
    answer(client, quiz_url, "Wrong")
    publish_new_wording(lesson)
    assert old in client.get(quiz_url + "answer/1/").text
    assert old in finish(client, quiz_url, ["Right"]).text
    client.post(quiz_url + "again/", {"which": "missed"})
    assert NEW in client.get(quiz_url, follow=True).text
    assert NEW in Client().get(quiz_url, follow=True).text
    assert [a.paper_id for a in Attempt.objects.order_by("number")] == list(
        Paper.objects.order_by("created_at").values_list("pk", flat=True)
    )


def test_keys_and_option_ids_survive_an_edit(lesson):
    def identity():
        return [
            (question.translation_key, [option.id for option in question.options])
            for question in lesson.questions.all()
        ]

    before = identity()
    publish_new_wording(lesson)
    assert identity() == before
