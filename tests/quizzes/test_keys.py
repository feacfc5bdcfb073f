"""A question keeps its key from the first autosave to the published page."""

import pytest
from django.urls import reverse

from course.models import LessonPage
from tests.factories import UserFactory, a_course, lessons_of
from tests.quizzes.editing import lesson_form, question_fields

pytestmark = pytest.mark.django_db

AUTOSAVE = {"headers": {"accept": "application/json"}}


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=0))[0]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(administrator=True))
    return client


def edit_url(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def autosave(editor, lesson, form):
    """Autosave as the open page does and take over what the server sends back."""
    response = editor.post(edit_url(lesson), form, **AUTOSAVE)
    assert response.status_code == 200, response.text
    answer = response.json()
    overwrite = {"overwrite_revision_id": answer["revision_id"]}
    return form | answer["field_updates"] | overwrite


def draft_keys(lesson):
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    return [str(question.translation_key) for question in draft.questions.all()]


def live_keys(lesson):
    questions = LessonPage.objects.get(pk=lesson.pk).questions.all()
    return [str(question.translation_key) for question in questions]


def test_a_new_question_keeps_its_key_through_autosave_save_and_publish(editor, lesson):
    form = lesson_form(lesson, [question_fields("What is new?")])
    form = autosave(editor, lesson, form)
    keys = draft_keys(lesson)
    form = autosave(editor, lesson, form)
    assert draft_keys(lesson) == keys
    editor.post(edit_url(lesson), form)
    assert draft_keys(lesson) == keys
    editor.post(edit_url(lesson), form | {"action-publish": "action-publish"})
    assert live_keys(lesson) == keys


def test_two_new_questions_get_keys_of_their_own(editor, lesson):
    new = [question_fields("What is new?"), question_fields("What is newer?")]
    autosave(editor, lesson, lesson_form(lesson, new))
    assert len(set(draft_keys(lesson))) == 2


def test_an_opened_draft_shows_the_key_it_was_saved_with(editor, lesson):
    autosave(editor, lesson, lesson_form(lesson, [question_fields("What is new?")]))
    page = editor.get(edit_url(lesson)).text
    [key] = draft_keys(lesson)
    assert f'name="questions-0-translation_key" value="{key}"' in page
    assert 'name="questions-__prefix__-translation_key" id' in page


def test_a_half_written_question_can_be_autosaved(editor, lesson):
    half = question_fields(
        "What is new?", kind="", handle="half", options={"count": "0"}
    )
    autosave(editor, lesson, lesson_form(lesson, [half]))
    assert len(draft_keys(lesson)) == 1


def test_the_id_of_a_question_and_an_entry_is_called_so_and_explained(editor, lesson):
    page = editor.get(edit_url(lesson))
    for children in ("faq_entries", "questions"):
        new = page.context["form"].formsets[children].empty_form
        assert new["handle"].label == "Id"
        assert "Leave blank to make it from the question" in new["handle"].help_text
    assert page.text.count("Leave blank to make it from the question") >= 3
