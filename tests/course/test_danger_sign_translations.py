"""Danger signs on pages in another language: words, what is signed, and the settings."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Locale

from authoring.packs.queries.content_digest import of_reviewed
from course.models import DangerSigns
from course.queries.danger_signs import danger_signs
from course.rules.danger_signs import SHIPPED, split_lines
from languages.content import shown_language
from tests.factories import UserFactory, a_course, a_translation, lessons_of

pytestmark = pytest.mark.django_db

BLOCK = "course/blocks/danger_signs.html"
IN_SPANISH = split_lines(SHIPPED["es"].signs)


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    Locale.objects.get_or_create(language_code="es")


def shown_in_spanish():
    token = shown_language.set("es")
    try:
        return render_to_string(BLOCK, {"value": {"note": "", "same_day": True}})
    finally:
        shown_language.reset(token)


def translate_signs(site):
    """Save the site's signs in Spanish, as its settings do."""
    site.translations.create(
        locale=Locale.objects.get(language_code="es"),
        signs="una nariz verde",
        same_day_signs="un dedo azul",
        phone_numbers="Emergencias: 112",
    )
    site.save()


def test_a_spanish_page_shows_them_in_spanish_and_says_so():
    html = shown_in_spanish()
    assert all(f'lang="es" dir="ltr">{sign}<' in html for sign in IN_SPANISH)
    assert "EE. UU. y Canadá, línea de crisis" in html
    assert split_lines(SHIPPED["es"].same_day_signs)[0] in html


def test_signs_that_were_changed_and_not_translated_stay_in_the_first_language():
    DangerSigns.objects.create(signs="a green nose")
    html = shown_in_spanish()
    # The rest of this test's page is in English, so nothing marks it.
    assert "<li>a green nose</li>" in html
    assert IN_SPANISH[0] not in html


def test_a_site_shows_its_own_translation():
    translate_signs(DangerSigns.objects.create(signs="a green nose"))
    html = shown_in_spanish()
    assert "una nariz verde" in html
    assert "a green nose" not in html


def test_a_translation_changes_what_is_signed_in_its_language_and_in_no_other():
    lesson = lessons_of(a_course(lessons=1, questions=0))[0]
    lesson.body.append(("danger_signs", {"note": ""}))
    lesson.save()
    spanish = a_translation(lesson)
    site = DangerSigns.objects.create()
    before = of_reviewed(lesson), of_reviewed(spanish)
    translate_signs(site)
    assert of_reviewed(lesson) == before[0]
    assert of_reviewed(spanish) != before[1]


@pytest.mark.parametrize(("language", "queries"), [("en", 1), ("es", 2)])
def test_they_are_read_in_a_fixed_number_of_queries(
    language, queries, django_assert_num_queries
):
    DangerSigns.objects.create()
    with django_assert_num_queries(queries):
        danger_signs(language)


@pytest.mark.parametrize("several", [True, False])
def test_only_a_site_in_several_languages_is_asked_for_translations(
    client, settings, several
):
    settings.WAGTAIL_I18N_ENABLED = several
    client.force_login(UserFactory(administrator=True))
    url = reverse(
        "wagtailsettings:edit", args=["course", "dangersigns", DangerSigns.load().pk]
    )
    assert ("In other languages" in client.get(url).text) is several
