"""Options side by side: what an address shows, and what it says if it cannot."""

import html
import re

import pytest
from django.core.exceptions import ValidationError

from course.models import CoursePage
from course.queries.options import statements_with_fits
from tests.factories import a_course, a_statement, an_option

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = a_course(lessons=1)
    for name in ("Waiting", "A drug", "A device", "Surgery"):
        handle = name.lower().replace(" ", "-")
        an_option(course, name=name, handle=handle, living_with=f"With {name} [S2].")
    a_statement(
        course, handle="no-drugs", text="No drugs.", fits={"waiting": "You take none."}
    )
    return course


@pytest.fixture
def compare(client, course):
    def get(*handles):
        response = client.get(f"{course.url}options/", {"option": handles})
        assert response.status_code == 200
        return html.unescape(response.text)

    return get


def heads(page):
    return re.findall(r'<th scope="col"[^>]*>([^<]+)', page)


def ticked(page):
    return re.findall(r'value="([^"]+)" checked', page)


def test_nothing_is_ticked_before_somebody_chooses(compare):
    page = compare()
    assert page.count('type="checkbox"') == 4
    assert ticked(page) == []
    assert "There is a problem" not in page


def test_two_or_three_are_shown_in_the_order_of_the_course(compare):
    assert heads(compare("a-drug", "waiting")) == ["Waiting", "A drug"]
    assert len(heads(compare("a-drug", "waiting", "surgery"))) == 3
    assert "With A drug" in compare("a-drug", "waiting")


def test_a_comparison_lists_the_sources_of_what_it_shows(compare):
    assert 'id="source-S2"' in compare("a-drug", "waiting")


def test_figures_are_said_beside_their_drawing_and_what_is_not_known_too(compare):
    page = " ".join(compare("a-drug", "waiting").split())
    assert page.count("<strong> 26 out of 100 </strong>") == 2
    assert "url(#people-unknown)" in page
    assert "Not known" in page


@pytest.mark.parametrize(
    ("handles", "says"),
    [
        (["waiting"], "Choose 1 more option to compare."),
        (["waiting", "a-drug", "a-device", "surgery"], "You chose 4."),
        (["gone"], "This course has no option “gone”."),
        (["waiting", "gone"], "Choose 1 more option to compare."),
        (["waiting", "waiting"], "Choose 1 more option to compare."),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_choice_is_kept(compare, handles, says):
    page = compare(*handles)
    assert says in page
    assert heads(page) == []
    assert set(ticked(page)) == set(handles) - {"gone"}


def test_an_option_that_was_taken_out_is_named_and_the_others_are_shown(
    compare, course
):
    course.options.get(handle="surgery").delete()
    page = compare("waiting", "a-drug", "surgery")
    assert "no option “surgery”. It may have been taken out" in page
    assert heads(page) == ["Waiting", "A drug"]


def test_a_course_without_options_says_so(client):
    course = a_course(lessons=1)
    assert "no options to compare" in client.get(f"{course.url}options/").text
    assert "asks nothing here" in client.get(f"{course.url}what-matters/").text


@pytest.mark.parametrize("view", ["options", "what-matters"])
def test_a_course_that_is_not_live_shows_nothing(client, course, view):
    course.unpublish()
    assert client.get(f"{course.url}{view}/").status_code == 404


@pytest.mark.parametrize("view", ["options/?option=waiting&option=a-drug", "options/"])
def test_reading_sets_no_cookie(client, course, view):
    assert not client.get(f"{course.url}{view}").cookies


def test_no_field_of_what_matters_can_be_sent(client, course):
    page = client.get(f"{course.url}what-matters/").text
    place = page.split("data-what-matters", 1)[1].split("</main>")[0]
    fields = re.findall(r"<(?:input|textarea|select)[^>]*>", place)
    assert len(fields) == 3 + 5 + 8 + 1
    assert not [field for field in fields if " name=" in field]
    assert "<form" not in place
    assert " checked" not in place


def test_what_matters_shows_the_options_that_fit_with_the_reason(client, course):
    page = client.get(f"{course.url}what-matters/").text
    fits = page.split("data-fits", 1)[1].split("</section>")[0]
    assert "Waiting" in fits
    assert "You take none." in fits
    assert "A drug" not in fits


def test_a_fit_whose_option_is_gone_is_left_out(course):
    course.options.get(handle="waiting").delete()
    [each] = statements_with_fits(course)
    assert each.fits == []


def test_a_figure_must_be_a_figure(course):
    option = course.options.first()
    option.harm_chance = "many"
    with pytest.raises(ValidationError, match="from 0 to 100"):
        option.full_clean(exclude=["course"])


def test_a_copy_of_the_course_keeps_the_ids_of_options(course):
    copy = course.copy(update_attrs={"slug": "copied", "title": "Copied"})
    copied = CoursePage.objects.get(pk=copy.pk).options.all()
    assert [o.handle for o in copied] == [o.handle for o in course.options.all()]
    keys = {o.translation_key for o in course.options.all()}
    assert keys.isdisjoint(o.translation_key for o in copied)
