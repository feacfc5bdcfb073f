"""Headings of information pages can be linked to, and are listed beside the text."""

import pytest
from django.test import Client

from home.models import HomePage, InformationPage
from home.rules.headings import link_headings


def test_each_heading_is_linked_by_its_words():
    text = link_headings(
        "<h2>Who made it</h2><p>We.</p><h2 dir='auto'>What it <b>is</b></h2>"
    )

    assert text.html == (
        '<h2 id="who-made-it">Who made it</h2><p>We.</p>'
        '<h2 id="what-it-is">What it <b>is</b></h2>'
    )
    assert [one.title for one in text.headings] == ["Who made it", "What it is"]


@pytest.mark.parametrize(
    ("titles", "anchors"),
    [
        (["Costs", "Costs"], ["costs", "costs-2"]),
        (["…", "!"], ["part", "part-2"]),
        (["Main"], ["main-2"]),
        (["ما هو؟", "Tom &amp; Ada"], ["ما-هو", "tom-ada"]),
    ],
)
def test_anchors_are_words_in_any_script_and_unique(titles, anchors):
    text = link_headings("".join(f"<h2>{title}</h2>" for title in titles))

    assert [one.anchor for one in text.headings] == anchors


@pytest.fixture
def html_of(db):
    """Publish an information page with this text, and return the page as read."""

    def read(body):
        page = InformationPage(title="About", slug="about", body=body)
        HomePage.objects.get().add_child(instance=page)
        return Client().get(page.url).text

    return read


def test_a_long_page_lists_its_headings_before_its_text(html_of):
    html = html_of("<h2>One</h2><p>a</p><h2>Two &amp; a half</h2><h2>Three</h2>")

    assert 'href="#two-a-half">Two &amp; a half</a>' in html
    assert html.index('href="#three"') < html.index('<h2 id="one">')


def test_a_short_page_needs_no_list(html_of):
    assert "app-contents" not in html_of("<h2>One</h2><p>a</p>")
