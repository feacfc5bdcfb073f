"""Two versions are compared by what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.rules.comparison import find_differences, is_same_content, normalise_content

SAME = [
    ('<p data-block-key="a1b2">Take one.</p>', "<p>Take one.</p>"),
    ("<p><strong>No</strong> <em>more</em></p>", "<p><b>No</b> <i>more</i></p>"),
    ("<p><b>No </b>more</p>", "<p><b>No</b> more</p>"),
    ("One\r\ntwo", "One\ntwo"),
    ("One  \ntwo ", "One\ntwo"),
    ("5 &gt; 3", "5 > 3"),
    ("caf\u00e9", "cafe\u0301"),
    ({"text": "x", "id": "1", "more": ""}, {"id": "2", "text": "x"}),
]
OTHER = [
    ("<p>Take one.</p>", "<p>Take two.</p>"),
    ("10<sup>9</sup>", "109"),
    ("One\ntwo", "One two"),
    ({"right": True}, {"right": False}),
    (["a", "b"], ["b", "a"]),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_changes_no_word_is_the_same(one, other):
    assert is_same_content(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_not_the_same(one, other):
    assert not is_same_content(one, other)


@given(st.text())
def test_saying_it_twice_changes_nothing(text):
    assert (
        find_differences({"a": normalise_content(text)}, {"a": normalise_content(text)})
        == []
    )
    assert is_same_content(f'<p data-block-key="ab1">{text}</p>', f"<p>{text}</p>")


def test_differences_are_named_by_their_place():
    here = {"title": "A", "questions": [{"stem": "Why?"}, {"stem": "How?"}]}
    there = {"title": "A", "questions": [{"stem": "Why?"}, {"stem": "When?"}]}
    assert find_differences(normalise_content(here), normalise_content(there)) == [
        ("questions", "2", "stem")
    ]
