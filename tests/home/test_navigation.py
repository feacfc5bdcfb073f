import re

import pytest
from django.core.management import call_command

from home.models import HomePage, InformationPage
from home.queries.pages import NavigationItem, courses_below, navigation_items
from tests.factories import UserFactory, a_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    call_command("load_pages", verbosity=0)


def test_live_pages_shown_in_menus_come_in_page_order(pages, rf):
    InformationPage.objects.get(slug="accessibility").unpublish()
    InformationPage.objects.filter(slug="privacy").update(show_in_menus=False)

    assert navigation_items(rf.get("/")) == [
        NavigationItem("Get help now", "/get-help-now/", is_help=True),
        NavigationItem("About this course", "/about-this-course/", is_help=False),
    ]


def test_the_navigation_costs_one_query(pages, rf, django_assert_num_queries):
    request = rf.get("/")
    navigation_items(request)

    with django_assert_num_queries(1):
        navigation_items(request)


@pytest.mark.parametrize("path", ["/", "/privacy/", "/nothing-here/", "/progress/"])
def test_help_and_progress_stand_in_the_same_place_on_every_page(pages, client, path):
    text = client.get(path).content.decode()

    header = text[text.index("<header") : text.index("</header>")]
    assert header.index('href="/get-help-now/"') < header.index('href="/progress/"')


def test_a_page_says_its_language_and_direction(client):
    text = client.get("/").content.decode()

    assert '<html lang="en" dir="ltr">' in text


def test_reading_the_front_door_sets_no_cookie(pages, client):
    for path in ("/", "/privacy/", "/nothing-here/"):
        assert not client.get(path).cookies


def test_a_course_that_is_not_live_is_not_listed(client):
    course = a_course()
    course.unpublish()

    text = client.get("/").content.decode()

    assert course.title not in text
    assert "There are no courses yet." in text
    assert list(courses_below(HomePage.objects.get())) == []


@pytest.mark.parametrize("is_known", [False, True])
def test_the_way_to_the_account_fits_whoever_is_signed_in(client, home, is_known):
    if is_known:
        client.force_login(UserFactory())
    page = client.get("/").text
    footer = page.partition('class="app-footer"')[2]
    assert "Sign in" not in footer
    assert re.search(r'<a href="/account/">\s*Your account\s*</a>', footer)
    led = client.get("/account/", follow=True)
    title = "Your account" if is_known else "Sign in"
    assert f"<title>{title} " in led.text
