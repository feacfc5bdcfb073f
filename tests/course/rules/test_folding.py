"""A fold holds what follows it, but never what readers must not miss."""

import pytest

from course.rules.folding import NEVER_FOLDED, list_unfolded, split_at_folds


def passages(*kinds):
    return [(p.fold, list(p.blocks)) for p in split_at_folds(kinds, str)]


def test_a_fold_ends_at_the_next_heading():
    assert passages("heading", "text", "fold", "table", "heading", "text") == [
        (None, ["heading", "text"]),
        ("fold", ["table"]),
        (None, ["heading", "text"]),
    ]


def test_a_fold_ends_at_the_next_fold():
    assert passages("fold", "text", "fold", "steps") == [
        ("fold", ["text"]),
        ("fold", ["steps"]),
    ]


@pytest.mark.parametrize("kind", sorted(NEVER_FOLDED))
def test_what_readers_must_not_miss_is_never_folded(kind):
    assert list_unfolded(["fold", "text", kind, "text"], str) == [kind, "text"]
