"""An author translates a lesson, text by text, and nothing goes live."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from course.models import LessonPage
from home.actions import add_home_page_in
from home.models import HomePage
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in
from tests.roles import a_person


@pytest.fixture
def spanish(site, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    locale, _is_new = Locale.objects.get_or_create(language_code="es")
    add_home_page_in(home=HomePage.objects.get(), locale=locale)
    return locale


def translate_text(page, source, text):
    """Type the translation of a text that is shown."""
    row = page.locator("[role=tabpanel]:visible li").filter(has_text=source).last
    row.get_by_role("button", name="Translate").click()
    row.locator("textarea").fill(text)
    row.get_by_role("button", name="Save", exact=True).click()
    row.get_by_role("button", name="Edit").wait_for()


@pytest.mark.journey("authoring.translating")
def test_an_author_translates_a_lesson_and_saves_a_draft(open_page, site, spanish):
    page = open_page("/healthz", width=1280)
    sign_in(page, site, a_person("Author"))
    lesson = LessonPage.objects.first()
    page.goto(
        site + reverse("wagtail_localize:submit_page_translation", args=[lesson.pk])
    )
    assert violations(page) == []
    page.get_by_label("Español").check()
    page.get_by_role("button", name="Translate").click()
    page.get_by_text("texts are not translated yet").wait_for()

    translate_text(page, lesson.title, "Lo básico")
    translate_text(page, lesson.main_message, "Lo principal")
    page.get_by_role("button", name="Save draft in Español").click()
    page.get_by_text("Nothing is live yet").wait_for()
    translated = LessonPage.objects.get(locale=spanish)
    draft = translated.get_latest_revision_as_object()
    assert (draft.title, draft.main_message) == ("Lo básico", "Lo principal")
    assert draft.call_to_action == lesson.call_to_action
    assert not translated.live
