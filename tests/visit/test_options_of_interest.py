"""Options that somebody wants to talk about are on the list, like its questions."""

import pytest
from django.test import Client

from tests.factories import an_option, lessons_of
from tests.visit.asking import add_url, ask, open_form, questions_to_ask
from visit.models import ChosenQuestion

pytestmark = pytest.mark.django_db
WORDS = "I want to talk about this option: Minoxidil"


@pytest.fixture
def option(course):
    an_option(course, handle="waiting", name="Waiting")
    return an_option(course, handle="minoxidil", name="Minoxidil")


@pytest.fixture
def compare(client, course):
    def open_comparison(*handles):
        return client.get(f"{course.url}options/", {"option": handles})

    return open_comparison


def test_a_comparison_has_a_link_below_each_option_and_no_form(compare, option):
    page = compare("waiting", "minoxidil")
    assert f"/my-visit/add/?question={option.translation_key}" in page.text
    assert 'method="post"' not in page.text
    assert not page.cookies


def test_the_other_options_are_offered_and_none_is_ticked(client, option):
    _fields, ticks = open_form(client, option)
    offered = {text: on for text, (_value, on) in ticks.items()}
    assert offered == {"I want to talk about this option: Waiting": False}


def test_the_button_leads_back_to_the_options(client, course, option):
    assert ask(client, option)["Location"] == f"{course.url}options/#options"
    page = client.get("/my-visit/").text
    assert WORDS in page
    assert course.title in page


def test_on_the_sheet_options_stand_apart_from_questions(client, course, option):
    ask(client, questions_to_ask(lessons_of(course)[0], "Who pays?")[0])
    ask(client, option)
    sheet = client.get("/my-visit/sheet/").text
    _before, options = sheet.split("Options I want to talk about")
    assert "Minoxidil" in options
    assert WORDS not in sheet
    assert WORDS in client.get("/my-visit/download/").text


def test_an_option_that_was_taken_out_keeps_its_name(client, option):
    ask(client, option)
    address = add_url(option)
    option.delete()
    page = client.get("/my-visit/").text
    assert WORDS in page
    assert "The course no longer has this question" in page
    assert "Minoxidil" in client.get("/my-visit/sheet/").text
    assert client.get(address).status_code == 404


def test_it_goes_to_another_phone_with_the_questions(client, option):
    ask(client, option)
    passed_on = client.get("/my-visit/").context["take_url"]
    assert "Minoxidil" not in passed_on
    other = Client()
    assert WORDS in other.get(passed_on).text
    other.post(passed_on)
    assert ChosenQuestion.objects.filter(kind="option").count() == 2


def test_a_list_of_another_site_is_said_to_be_gone_and_adds_nothing(client, option):
    ask(client, option)
    passed_on = client.get("/my-visit/").context["take_url"]
    ChosenQuestion.objects.all().delete()
    option.delete()
    page = Client().get(passed_on).text
    assert "There is nothing to take over" in page
    assert "or the list comes from another site." in page
    assert "The code or link is not whole." not in page
    Client().post(passed_on)
    assert not ChosenQuestion.objects.exists()
