"""Rules for every template, whichever room it serves."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from home.rules.stylesheet import UNUSED

FOLDER = settings.BASE_DIR / "templates"
SOURCES = {
    str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.html"))
}
# An e-mail is under no policy of the site, and must not load a style sheet.
OF_EMAILS = '<style>{% include "mail/mail.css" only %}</style>'


def templates_with(pattern):
    """Return the names of the templates in which the pattern is found."""
    return [
        name
        for name, source in SOURCES.items()
        if re.search(pattern, source.replace(OF_EMAILS, ""))
    ]


def test_the_rules_look_at_every_template():
    assert len(SOURCES) > 400
    assert templates_with(r"{% load")


@pytest.mark.parametrize(
    "written", [r"\sstyle=|<style|\son\w+=|javascript:", r"<script(?![^>]*\bsrc=)"]
)
def test_nothing_is_written_into_the_page_that_the_policy_forbids(written):
    assert templates_with(written) == []


@pytest.mark.parametrize("loaded", [r"(?:src|srcset)=", r"<link[^>]*href="])
def test_nothing_is_loaded_from_another_site(loaded):
    assert templates_with(loaded + r"[\"'](?:https?:)?//") == []


def test_no_style_is_used_that_the_sheet_leaves_out():
    left_out = "|".join(UNUSED)

    assert templates_with(rf"nhsuk-(?:{left_out})(?![a-z\d])") == []


def test_a_part_is_included_with_only_what_it_declares():
    without_only = templates_with(r"{% include (?:(?! %}).)*(?<!\bonly) %}")
    # The package's own page, as it is: Wagtail's parts in it declare nothing.
    assert without_only == ["wagtail_localize/admin/edit_translation.html"]


def test_a_component_declares_its_variables():
    components = {name for name in SOURCES if name.startswith("components/")}
    assert components
    assert components <= set(templates_with(r'{% comment "text/markdown" %}'))


def test_a_progress_bar_says_in_words_what_it_shows():
    context = {"label": "2 of 5 lessons done", "done": 2, "total": 5}

    html = render_to_string("components/progress_bar.html", context)

    assert html.count("2 of 5 lessons done") == 2
    assert '<progress class="app-progress__bar" value="2" max="5"' in html


def test_an_error_summary_links_each_error_to_its_field():
    errors = [{"href": "#choice-1", "text": "Choose <one> answer"}]

    html = render_to_string("components/error_summary.html", {"errors": errors})

    assert '<a href="#choice-1">Choose &lt;one&gt; answer</a>' in html
    assert 'role="alert"' in html


def test_breadcrumbs_begin_at_the_home_page():
    items = [{"title": "A course", "url": "/a/"}]

    html = render_to_string("components/breadcrumbs.html", {"items": items})

    assert re.findall(r'href="([^"]*)"', html) == ["/", "/a/"]


def test_a_notice_shows_its_kind_and_no_empty_title():
    html = render_to_string(
        "components/notice.html", {"title": "", "text": "Text", "kind": "caution"}
    )

    assert "app-notice--caution" in html
    assert "app-notice__title" not in html
