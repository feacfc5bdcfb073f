"""The address alone says in which language a page is, and its links stay there."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from languages.addresses import bare_path, language_of, path_in
from mail.composing import compose_message
from tests.taking_quizzes import answer, form_of, value_of

LINK = re.compile(r'<(?:a|form|button)\b[^>]* (?:href|action|formaction)="(/[^"]*)"')
SWITCH = re.compile(r'<nav class="app-languages.*?</nav>', re.DOTALL)
ONE_ADDRESS = ("/static/", "/media/", "/documents/", "/admin/")


@pytest.mark.parametrize(
    ("path", "language", "bare"),
    [
        ("/", "en", "/"),
        ("/es/", "es", "/"),
        ("/ar/progress/", "ar", "/progress/"),
        ("/es", "es", "/"),
        ("/en/progress/", "en", "/en/progress/"),
        ("/es-guide/", "en", "/es-guide/"),
        ("/de/", "en", "/de/"),
    ],
)
def test_the_first_part_of_an_address_is_its_language(path, language, bare):
    assert (language_of(path), bare_path(path)) == (language, bare)


def test_a_switch_never_leads_to_another_site():
    assert path_in("/es//elsewhere.example/", "en") == "/%2Felsewhere.example/"
    assert path_in("/progress/?a=/es/", "ar") == "/ar/progress/?a=/es/"


def led_out_of(page, prefix):
    """Return the links of the page that leave the language, but for the switch."""
    links = LINK.findall(SWITCH.sub("", page.text))
    return [
        link for link in links if not link.startswith((f"/{prefix}/", *ONE_ADDRESS))
    ]


@pytest.mark.django_db
def test_a_whole_quiz_stays_in_its_language(client, course, lesson):
    quiz = f"/es{lesson.url}quiz/"
    for path in ("/es/", f"/es{course.url}", f"/es{lesson.url}", quiz):
        page = client.get(path, follow=True)
        assert '<html lang="es" dir="ltr"' in page.text
        assert led_out_of(page, "es") == []
    for _question in range(2):
        page = client.get(answer(client, quiz, "Right").url, follow=True)
        assert led_out_of(page, "es") == []
    assert page.request["PATH_INFO"].startswith(f"{quiz}result/")
    for path in ("/es/progress/", "/es/my-visit/", "/es/account/login/", "/es/no/"):
        assert led_out_of(client.get(path), "es") == []


@pytest.mark.django_db
def test_a_learner_changes_language_in_mid_quiz_and_loses_nothing(client, lesson):
    answer(client, f"{lesson.url}quiz/", "Right")
    arabic = client.get(f"/ar{lesson.url}quiz/", follow=True)
    assert '<html lang="ar" dir="rtl"' in arabic.text
    assert arabic.request["PATH_INFO"] == f"/ar{lesson.url}quiz/2/"
    answer(client, f"/ar{lesson.url}quiz/", "Right")
    assert "2 of 2" in client.get(f"{lesson.url}quiz/result/2/", follow=True).text


@pytest.mark.django_db
def test_an_answer_that_was_kept_is_found_in_any_language(client, lesson):
    quiz = f"/es{lesson.url}quiz/"
    page = client.get(quiz, follow=True)
    form = form_of(client, quiz, page)
    kept = form.send(Client(), choice=value_of(page, "Right"))
    assert kept.url == f"{quiz}1/kept/"
    browser = Client()
    browser.cookies = kept.client.cookies
    assert browser.get(f"{lesson.url}quiz/1/kept/").status_code == 200


@pytest.mark.django_db
def test_each_page_leads_to_itself_in_the_other_languages(client, lesson):
    page = client.get(f"/es{lesson.url}print/").text
    switch = LINK.findall(SWITCH.search(page)[0])
    assert switch == [f"{prefix}{lesson.url}print/" for prefix in ("", "/es", "/ar")]
    head = re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"', page)
    assert head[2] == ("ar", f"http://testserver/ar{lesson.url}print/")


@pytest.mark.django_db
def test_the_front_page_leads_nobody_away_by_what_the_browser_prefers(client, course):
    page = client.get("/", headers={"Accept-Language": "ar"})
    assert page.status_code == 200
    assert '<html lang="en" dir="ltr"' in page.text


@pytest.mark.django_db
def test_with_one_language_there_is_no_switch_and_no_other_address(
    client, course, settings
):
    settings.LANGUAGES = [("en", "English")]
    assert "app-languages" not in client.get("/").text
    assert client.get("/es/").status_code == 404


@pytest.mark.django_db
def test_a_page_says_that_nobody_checked_its_translation(client, course, settings):
    settings.TRANSLATIONS_CHECKED_BY = {"es": ""}
    unchecked = client.get("/es/").text
    settings.TRANSLATIONS_CHECKED_BY = {"es": "Ana Ruiz"}
    checked = client.get("/es/").text
    assert "app-footer__unchecked" in unchecked
    assert "app-footer__unchecked" not in checked


@pytest.mark.parametrize(("language", "start"), [(None, "/"), ("es", "/es/")])
def test_a_message_leads_to_the_page_in_its_own_language(settings, language, start):
    with translation.override("ar"):
        message = compose_message(
            "mail/frame",
            path=reverse("my_learning"),
            link="My learning",
            footer="",
            language=language,
        )
    assert f"{settings.SITE_URL}{start}my-learning/" in message.text
