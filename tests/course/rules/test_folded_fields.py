"""What a folded child posts is what its open fields would post."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.rules.folded_fields import fold_fields, unfold_fields

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["stem", "options-0-id", "options-count", "a b&c"]), TEXTS
    )
)


def lists_of(pairs):
    lists = {}
    for name, value in pairs:
        lists.setdefault(name, []).append(value)
    return lists


@given(FIELDS)
def test_any_fields_come_back_in_order(fields):
    posted = {"title": ["A lesson"], "questions-7-folded": [fold_fields(fields)]}

    whole = unfold_fields(posted)

    open_child = [(f"questions-7-{name}", value) for name, value in fields]
    assert whole == {"title": ["A lesson"]} | lists_of(open_child)


def test_where_a_child_stands_and_which_it_is_are_posted_beside_it():
    folded = fold_fields([("stem", "Why?"), ("id", "1"), ("ORDER", "9")])
    head = {"questions-0-id": ["5"], "questions-0-ORDER": ["2"]}

    whole = unfold_fields(head | {"questions-0-folded": [folded]})

    assert whole == head | {"questions-0-stem": ["Why?"]}
    forged = unfold_fields(head | {"questions-0-folded": ["stem=Why&id=6"]})
    assert forged["questions-0-id"] == ["5"]


def test_what_an_open_child_posts_counts():
    posted = {
        "questions-0-stem": ["Typed"],
        "questions-0-folded": [fold_fields([("stem", "Old"), ("critical", "on")])],
    }
    assert unfold_fields(posted) == {"questions-0-stem": ["Typed"]}


def test_a_neighbour_that_is_open_does_not_matter():
    posted = {
        "questions-10-stem": ["Typed"],
        "questions-1-folded": ["stem=Kept"],
        "faq_entries-1-question": ["Another"],
    }
    whole = unfold_fields(posted)
    assert whole["questions-1-stem"] == ["Kept"]


@pytest.mark.parametrize("text", ["", "&&", "=", "%", "%ff", "stem", "a=b;c=d"])
def test_a_damaged_text_is_read_as_far_as_it_goes(text):
    assert "questions-0-folded" not in unfold_fields({"questions-0-folded": [text]})


def test_more_fields_than_anybody_writes_are_refused():
    with pytest.raises(ValueError, match="fields"):
        unfold_fields({"questions-0-folded": ["a=b&" * 20_000]})
