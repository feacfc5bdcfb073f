"""Danger signs: one text for the lessons and the help page, with numbers to tap."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from course.models import DangerSigns
from course.rules.danger_signs import DANGER_SIGNS, read_phone_numbers, split_lines
from home.models import InformationPage
from tests.factories import a_home

BLOCK = "course/blocks/danger_signs.html"


def shown_in_lesson(*, same_day=False):
    value = {"note": "Read in [S1].", "same_day": same_day}
    return render_to_string(BLOCK, {"value": value})


@pytest.mark.django_db
def test_a_site_that_changed_nothing_shows_ours_and_writes_nothing():
    html = shown_in_lesson()

    assert all(sign in html for sign in split_lines(DANGER_SIGNS))
    assert 'href="tel:116123"' in html
    assert not DangerSigns.objects.exists()


@pytest.mark.django_db
def test_lessons_and_the_help_page_show_what_was_edited(client):
    DangerSigns.objects.create(
        signs="a green nose",
        same_day_signs="a blue toe",
        clinic_name="Dr Day",
        clinic_number="020 7946 0000",
    )
    help_page = InformationPage(
        title="Help", slug="help", is_help=True, body="<p>Help.</p>"
    )
    a_home().add_child(instance=help_page)

    for html in (shown_in_lesson(same_day=True), client.get(help_page.url).text):
        assert "a green nose" in html
        assert "a blue toe" in html
        assert "Dr Day" in html
        assert 'href="tel:02079460000"' in html


@pytest.mark.django_db
def test_a_lesson_that_does_not_ask_for_them_leaves_out_signs_for_the_same_day():
    assert "the same day" not in shown_in_lesson()


def test_a_number_is_dialled_without_spaces():
    (number,) = read_phone_numbers("Crisis line, UK: 116 123\n\n")

    assert (number.name, number.number) == ("Crisis line, UK", "116 123")
    assert number.dialled == "116123"


def test_a_line_without_a_number_is_refused_with_the_line():
    with pytest.raises(ValidationError, match="Ask somebody"):
        DangerSigns(phone_numbers="Emergency: 112\nAsk somebody").clean()
