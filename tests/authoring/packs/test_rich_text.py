"""Markdown becomes the few tags that the editor of a lesson keeps, and no more."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from authoring.packs.rules.rich_text import (
    markdown_oddities,
    markdown_paragraphs,
    markdown_to_html,
)
from course.blocks.lesson import PROSE_FEATURES

KEPT = re.compile(r"</?(p|ul|ol|li|b|i)>|<a href=\"[^\"]*\">|</a>")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("One\ntwo", "<p>One two</p>"),
        ("**One** *two*", "<p><b>One</b> <i>two</i></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        (
            "[x](https://e.org/?a=1&b=2)",
            '<p><a href="https://e.org/?a=1&amp;b=2">x</a></p>',
        ),
        ("[x](#here)", '<p><a href="#here">x</a></p>'),
        ("Claim [S1, S2].", "<p>Claim [S1, S2].</p>"),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markdown_becomes_html(markdown, html):
    assert markdown_to_html(markdown) == html


def test_a_link_that_runs_a_script_loses_its_address():
    assert (
        "javascript"
        not in markdown_to_html("[x](<javascript:alert(1)>)").partition("x](")[0]
    )
    assert "<a" not in markdown_to_html("[x](javascript:alert(1))")


@given(st.text())
def test_no_other_tag_comes_out(markdown):
    assert "<" not in KEPT.sub("", markdown_to_html(markdown))


@pytest.mark.parametrize(
    "markdown",
    [
        "One *two* **three** [four](https://example.org/?a=1&b=2) [S1].",
        "First's “paragraph” & more.\n\n- a point\n- another\n\n1. one\n2. two\n\nLast.",
    ],
)
def test_saving_in_the_editor_changes_only_its_marks(markdown):
    converter = ContentstateConverter(PROSE_FEATURES)
    html = markdown_to_html(markdown)
    saved = converter.to_database_format(converter.from_database_format(html))
    assert re.sub(r' data-block-key="[^"]*"', "", saved) == html


def test_what_cannot_stay_is_told_with_its_line():
    markdown = "Fine\n\n# Not\n\n> nor\n\n`this`\n\n---"
    assert [line for line, _message in markdown_oddities(markdown)] == [2, 4, 6, 8]


def test_paragraphs_and_points_are_told_apart():
    markdown = "One **two**\nthree.\n\n- four\n- [five](https://e.org)"
    assert list(markdown_paragraphs(markdown)) == [
        (0, "One two three."),
        (3, "four"),
        (4, "five"),
    ]
