"""Two versions are compared by what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.comparison import differences, said, say_the_same

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
    assert say_the_same(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_not_the_same(one, other):
    assert not say_the_same(one, other)


@given(st.text())
def test_saying_it_twice_changes_nothing(text):
    assert differences({"a": said(text)}, {"a": said(text)}) == []
    assert say_the_same(f'<p data-block-key="ab1">{text}</p>', f"<p>{text}</p>")


def test_differences_are_named_by_their_place():
    here = {"title": "A", "questions": [{"stem": "Why?"}, {"stem": "How?"}]}
    there = {"title": "A", "questions": [{"stem": "Why?"}, {"stem": "When?"}]}
    assert differences(said(here), said(there)) == [("questions", "2", "stem")]
