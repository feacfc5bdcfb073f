"""A question that its author has not finished can be looked at, not asked."""

from dataclasses import replace

import pytest

from quizzes import kinds
from quizzes.kinds import kind_of
from quizzes.presenters.questions import cited_by
from quizzes.rules.item_rules import find_item_faults
from quizzes.rules.question_comparison import (
    is_other_answer,
    is_same_key,
    is_same_wording,
)
from tests.quizzes.test_kinds import NUMBER, PAIRS, WORD, question


@pytest.mark.parametrize("kind", kinds.NAMES)
@pytest.mark.parametrize("options", [0, 1, 3])
def test_rules_and_comparisons_read_a_half_written_question(kind, options):
    draft = question(kind)
    draft = replace(draft, options=draft.options[:options], tolerance="some")
    other = replace(draft, handle="other", stem="What else?")
    assert find_item_faults([draft, other])
    assert is_same_key(draft, other)
    assert not is_other_answer(draft, other)
    assert kind_of(draft).problems(replace(draft, options=()))


def test_another_spelling_that_counts_reads_alike_to_learners():
    one_more = replace(WORD.options[0], id="more", text="Root")
    now = replace(WORD, options=(*WORD.options, one_more))
    assert is_same_wording(WORD, now)
    assert not is_same_key(WORD, now)


def test_another_right_number_reads_alike_and_another_unit_does_not():
    now = replace(NUMBER, options=(replace(NUMBER.options[0], text="4"),))
    assert is_same_wording(NUMBER, now)
    assert not is_same_wording(NUMBER, replace(NUMBER, unit="weeks"))


def test_pairs_that_belong_otherwise_read_alike_and_other_matches_do_not():
    skin, marrow, *others = PAIRS.options
    swapped = (replace(skin, match="Inside"), replace(marrow, match="Outside"))
    assert is_same_wording(PAIRS, replace(PAIRS, options=(*swapped, *others)))
    further = replace(others[-1], match="Elsewhere")
    now = replace(PAIRS, options=(*PAIRS.options[:-1], further))
    assert not is_same_wording(PAIRS, now)


def test_a_match_cites_its_sources():
    cited = replace(PAIRS.options[0], match="Outside [S7]")
    assert "S7" in cited_by(replace(PAIRS, options=(cited, *PAIRS.options[1:])))
