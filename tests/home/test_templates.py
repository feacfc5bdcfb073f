"""Rules for every template, whichever room it serves."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from home.rules.stylesheet import UNUSED

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
NAMES = [str(path.relative_to(FOLDER)) for path in TEMPLATES]
# An e-mail is under no policy of the site, and must not load a style sheet.
OF_EMAILS = '<style>{% include "mail/mail.css" only %}</style>'


@pytest.fixture(params=TEMPLATES, ids=NAMES)
def source(request):
    return request.param.read_text(encoding="utf-8")


def test_nothing_is_written_into_the_page_that_the_policy_forbids(source):
    source = source.replace(OF_EMAILS, "")

    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)


def test_nothing_is_loaded_from_another_site(source):
    assert not re.search(r"(?:src|srcset)=[\"'](?:https?:)?//", source)
    assert not re.search(r"<link[^>]*href=[\"'](?:https?:)?//", source)


def test_no_style_is_used_that_the_sheet_leaves_out(source):
    left_out = "|".join(UNUSED)

    assert not re.findall(rf"nhsuk-(?:{left_out})(?![a-z\d])", source)


def test_a_part_is_included_with_only_what_it_declares(source):
    includes = re.findall(r"{% include (.*?) %}", source)

    assert all(include.split()[-1] == "only" for include in includes)


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith("components/")])
def test_a_component_declares_its_variables(name):
    assert '{% comment "text/markdown" %}' in (FOLDER / name).read_text("utf-8")


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
