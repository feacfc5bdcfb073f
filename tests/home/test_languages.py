"""Pages in several languages: each reader gets theirs, or the first that there is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from wagtail.models import Locale

from course.models import LessonPage
from home.actions import add_home_page_in
from home.models import HomePage
from tests.factories import a_course, a_translation, lessons_of
from tests.languages.test_addresses import LINK, SWITCH

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def course(nothing_cached):
    """A course of two lessons; it and the first lesson are also in Spanish."""
    course = a_course(lessons=2, questions=1, title="Hair", slug="hair")
    a_translation(course, title="Pelo", slug="pelo")
    a_translation(lessons_of(course)[0], title="Primera", slug="primera")
    return course


def spanish(page):
    return page.get_translations().get(locale__language_code="es").specific


def test_each_language_has_its_own_addresses(client, course):
    page = client.get("/es/pelo/primera/")
    assert "<h1" in page.text
    assert "Primera" in page.text
    assert "app-languages__note" not in page.text
    assert client.get("/pelo/primera/").status_code == 404
    first, _second = lessons_of(course)
    assert first.title in client.get(first.url).text


def test_what_is_not_translated_is_shown_in_its_first_language(client, course):
    second = lessons_of(course)[1]
    page = client.get(f"/es/hair/{second.slug}/")
    assert second.title in page.text
    assert "app-languages__note" in page.text
    assert 'lang="en"' in page.text
    assert client.get(f"/es/hair/{second.slug}/quiz/", follow=True).status_code == 200


def test_a_page_leads_to_its_translation(client, course):
    slug = lessons_of(course)[0].slug
    led = client.get(f"/es/hair/{slug}/quiz/?a=1")
    assert (led.status_code, led.url) == (302, "/es/pelo/primera/quiz/?a=1")


def test_a_translation_that_is_taken_offline_gives_way_to_the_first_language(
    client, course
):
    first, _second = lessons_of(course)
    a_translation(lessons_of(course)[1], slug=lessons_of(course)[1].slug)
    spanish(first).unpublish()
    spanish(course).unpublish()
    course.refresh_from_db()
    assert first.title in client.get(f"/es/hair/{first.slug}/").text


def test_an_untranslated_course_is_found_below_the_front_page_of_a_language(
    client, course
):
    other = a_course(lessons=1, title="Skin", slug="skin")
    assert client.get("/es/skin/").status_code == 200
    assert client.get("/es/nothing/").status_code == 404
    with translation.override("es"):
        assert other.url == "/es/skin/"


def test_a_renamed_page_is_found_in_its_language(
    client, course, django_capture_on_commit_callbacks
):
    first, second = lessons_of(course)
    before = second.url
    for page, slug in ((spanish(first), "inicio"), (second, "second")):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
    assert client.get("/es/pelo/primera/quiz/").url == "/es/pelo/inicio/quiz/"
    assert client.get(f"/es{before}").url == "/es/hair/second/"


def test_a_translation_says_that_its_original_changed_for_safety_since(client, course):
    first = lessons_of(course)[0]
    since = timezone.now()
    LessonPage.objects.filter(pk=first.pk).update(safety_changed_at=since)
    page = client.get("/es/pelo/primera/").text
    assert f'<a href="{first.url}" hreflang="en">' in page
    translated = LessonPage.objects.filter(pk=spanish(first).pk)
    translated.update(safety_changed_at=since)
    page = client.get("/es/pelo/primera/").text
    assert f'<a href="{first.url}" hreflang="en">' not in page


def test_a_translation_made_after_a_change_for_safety_has_it(client, course):
    first = lessons_of(course)[0]
    before = timezone.now() - timedelta(days=1)
    LessonPage.objects.filter(pk=first.pk).update(safety_changed_at=before)
    page = client.get("/es/pelo/primera/").text
    assert f'<a href="{first.url}" hreflang="en">' not in page


def test_the_switch_and_hreflang_lead_to_the_page_in_each_language(client, course):
    first, second = lessons_of(course)
    page = client.get("/es/pelo/primera/").text
    led = LINK.findall(SWITCH.search(page)[0])
    assert led == [first.url, "/es/pelo/primera/", f"/ar{first.url}"]
    head = re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"', page)
    assert head[0] == ("en", f"http://testserver{first.url}")
    page = client.get(f"{first.url}quiz/1/").text
    led = LINK.findall(SWITCH.search(page)[0])
    assert led[1] == "/es/pelo/primera/quiz/1/"
    page = client.get(f"/es{second.url}").text
    assert LINK.findall(SWITCH.search(page)[0])[0] == second.url


def test_the_course_links_to_each_lesson_in_the_readers_language(client, course):
    second = lessons_of(course)[1]
    page = client.get("/es/pelo/").text
    assert 'href="/es/pelo/primera/"' in page
    assert f'href="/es{second.url}"' in page
    assert f'<span lang="en" dir="ltr">{second.title}</span>' in page
    assert '<span lang="en" dir="ltr">One thing to remember.' in page
    assert "Primera</a>" in page


def test_the_course_on_one_page_says_which_of_it_is_in_another_language(client, course):
    second = lessons_of(course)[1]
    for view in ("print", "short"):
        page = client.get(f"/es/pelo/{view}/").text
        assert f'<span lang="en" dir="ltr">{second.title}</span>' in page
        assert '<span lang="en" dir="ltr">Primera' not in page
        assert "Primera" in page


def test_the_front_page_lists_each_course_once(client, course):
    a_course(lessons=1, title="Skin", slug="skin")
    page = client.get("/es/").text
    assert "Pelo" in page
    assert "Hair" not in page
    assert "Skin" in page
    page = client.get("/").text
    assert "Hair" in page
    assert "Pelo" not in page


def test_a_site_whose_front_page_is_not_translated_shows_the_first(client):
    a_course(lessons=1, title="Skin", slug="skin")
    assert "Skin" in client.get("/es/").text
    assert HomePage.objects.count() == 1


def test_a_language_gets_one_home_page_without_a_text():
    home = HomePage.objects.get()
    HomePage.objects.update(intro="<p>Welcome.</p>")
    spanish = Locale.objects.create(language_code="es")
    for _time in range(2):
        add_home_page_in(home=HomePage.objects.get(pk=home.pk), locale=spanish)
    page = HomePage.objects.get(locale=spanish)
    assert (page.live, page.intro) == (True, "")
