"""A translation that nobody signed says so, in its own language, wherever it is read."""

import datetime as dt

import pytest
from django.test import RequestFactory
from wagtail.models import Locale

from course.models import CoursePage, LessonPage
from tests.factories import a_translation, an_option, publish_signed, sign

pytestmark = pytest.mark.django_db

MARK = "Traducción aún no revisada por ningún profesional clínico."


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def spanish(course):
    """The course in Spanish, signed and live."""
    an_option(course)
    an_option(course)
    return a_translation(course)


@pytest.fixture
def draft(lesson, spanish):
    copy = lesson.copy_for_translation(Locale.objects.get(language_code="es"))
    copy.save_revision()
    return LessonPage.objects.get(pk=copy.pk).get_latest_revision_as_object()


def preview(page, mode=""):
    request = RequestFactory().get("/admin/", SERVER_NAME="localhost")
    response = page.make_preview_request(request, mode)
    return response.render().text if hasattr(response, "render") else response.text


@pytest.mark.parametrize("mode", ["", "quiz"])
def test_a_draft_lesson_says_so_in_its_preview(draft, mode):
    assert mode in dict(draft.preview_modes)
    assert MARK in preview(draft, mode)
    sign(draft)
    assert MARK not in preview(draft, mode)


@pytest.mark.parametrize("mode", ["", "options", "what-matters"])
def test_a_draft_course_says_so_in_its_preview(spanish, mode):
    spanish.summary = "Otra cosa."
    spanish.save_revision()
    draft = CoursePage.objects.get(pk=spanish.pk).get_latest_revision_as_object()
    assert MARK in preview(draft, mode)
    assert MARK not in preview(CoursePage.objects.get(pk=spanish.pk), mode)


def test_the_preview_of_a_changed_draft_does_not_name_who_signed_the_live_one(draft):
    publish_signed(draft)
    assert "Dra. Ada Ejemplo" in preview(draft)
    draft.main_message = "Otra cosa."
    assert "Dra. Ada Ejemplo" not in preview(draft)
    assert MARK in preview(draft)


def test_a_page_that_was_live_before_says_so_and_claims_nothing(client, draft):
    LessonPage.objects.filter(pk=draft.pk).update(
        live=True,
        clinically_reviewed_by="Dr Old",
        last_checked=dt.date(2024, 2, 3),
        next_check=dt.date(2031, 4, 5),
    )
    page = LessonPage.objects.get(pk=draft.pk)
    for address in (page.url, f"{page.url}print/"):
        text = client.get(address).text
        assert MARK in text
        assert "Dr Old" not in text
        assert "2024-02-03" not in text
        assert "2031-04-05" not in text


def test_a_signed_page_says_who_signed_it_and_when(client, draft):
    publish_signed(draft)
    page = LessonPage.objects.get(pk=draft.pk)
    text = client.get(page.url).text
    assert MARK not in text
    assert "Dra. Ada Ejemplo" in text
    assert "Fuentes revisadas" not in text


def test_the_original_says_what_it_said(client, lesson, draft):
    text = client.get(lesson.url).text
    assert "Not yet clinically reviewed" in text
    assert "Translation not yet checked" not in text
    assert "Sources last checked on" in text
