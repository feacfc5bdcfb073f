"""Rich text is stored as the editor itself would store it, and opens in it."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from course.blocks.draftail import SteadyRichTextArea, normal_form
from course.blocks.lesson import PROSE_FEATURES
from course.models import FaqEntry
from course.rules.rich_text import html_lines

KEYS = re.compile(r' data-block-key="[^"]*"')
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
INLINE = ["b", "i", "sup", "sub", "strong", "em", "u", "span"]
BLOCKS = ["p", "ul", "ol", "li", "div", "h2", "table", "td"]
TAGS = st.sampled_from(INLINE + BLOCKS)
MARKUP = st.lists(
    st.one_of(
        WORDS.map(lambda word: word.replace("<", "").replace("&", "")),
        TAGS.map("<{}>".format),
        TAGS.map("</{}>".format),
        st.sampled_from(["<br>", "<br/>", " ", "\n", '<a href="/x/">', "</a>"]),
    ),
    max_size=40,
).map("".join)


def widget():
    return FaqEntry._meta.get_field("answer").formfield().widget


def saved(html):
    """Return what is stored once somebody opened the text and saved it."""
    state = widget().format_value(html)
    return widget().value_from_datadict({"answer": state}, {}, "answer")


def test_rich_text_is_edited_in_the_widget_that_is_tested_here():
    assert isinstance(widget(), SteadyRichTextArea)


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<ul><li>Rest.<br>Go on.</li></ul>", "<ul><li>Rest.<br/>Go on.</li></ul>"),
        (
            "<ul><li><p>Open.</p><p>Count.</p></li></ul>",
            "<ul><li>Open.<br/>Count.</li></ul>",
        ),
        ("<p>10<sup>9</sup></p>", "<p>10<sup>9</sup></p>"),
        ("<p>CO<sub>2</sub>-free</p>", "<p>CO<sub>2</sub>-free</p>"),
        (
            "<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li><li>d</li></ul>",
            "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
        ),
        ("loose <b>words", "<p>loose <b>words</b></p>"),
        ("<li>alone</li>", "<p>alone</p>"),
        ("</p></li>", ""),
        ("<p>One<img src='x'>Two</p>", "<p>OneTwo</p>"),
    ],
)
def test_what_no_editor_wrote_opens_in_the_editor(html, stored):
    assert KEYS.sub("", saved(html)) == stored
    assert KEYS.sub("", normal_form(html)) == stored


def test_a_point_that_the_editor_showed_is_stored():
    """The exporter that Wagtail uses would lose “c”."""
    rows = [("unordered", 0, "a"), ("ordered", 1, "b"), ("unordered", 1, "c")]
    blocks = [
        {
            "key": text * 5,
            "text": text,
            "type": f"{kind}-list-item",
            "depth": depth,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }
        for kind, depth, text in rows
    ]
    state = json.dumps({"blocks": blocks, "entityMap": {}})
    html = widget().value_from_datadict({"answer": state}, {}, "answer")
    assert html_lines(html) == ["a", "b", "c"]


def check(markup):
    stored = normal_form(markup)
    assert saved(stored) == stored == saved(saved(stored))
    assert normal_form(stored) == stored
    assert html_lines(stored) == html_lines(markup)
    ContentstateConverter(PROSE_FEATURES).from_database_format(stored)


@given(MARKUP)
def test_whatever_comes_is_stored_as_the_editor_stores_it(markup):
    check(markup)


@pytest.mark.sweep
@settings(max_examples=1500, deadline=None)
@given(MARKUP)
def test_whatever_comes_is_stored_as_the_editor_stores_it_at_length(markup):
    check(markup)


def test_the_same_text_has_the_same_keys():
    html = "<p>a</p><p>a</p><ul><li>a</li></ul>"
    keys = re.findall(r'key="([^"]*)"', normal_form(html))
    assert normal_form(html) == normal_form(html)
    assert len(set(keys)) == 3


def test_the_editor_is_given_its_own_signs():
    """Draft.js writes these names in this order, without spaces, and null for nothing."""
    assert widget().format_value("") == widget().format_value("<p></p>") == "null"
    state = widget().format_value('<p data-block-key="abcde">µ<b>g</b></p>')
    assert state == (
        '{"blocks":[{"key":"abcde","text":"µg","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[{"offset":1,"length":1,"style":"BOLD"}],'
        '"entityRanges":[],"data":{}}],"entityMap":{}}'
    )
