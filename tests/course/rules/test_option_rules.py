"""What an option must keep to: equal detail, sources, and a rung that they bear."""

from dataclasses import replace

import pytest

from course.rules.evidence import highest_rung
from course.rules.option_rules import OptionText, find_option_faults

SOUND = OptionText(
    texts={
        "benefit": "26 out of 100 people got better [S1].",
        "harm": "Some people had an itch from it [S1].",
    },
    chances={
        "benefit_chance": "26",
        "benefit_without": "",
        "harm_chance": "",
        "harm_without": "",
    },
    differences=frozenset(),
    evidence=3,
    evidence_sources={"S1": "trial"},
)


def faults(**changes):
    found = find_option_faults(replace(SOUND, **changes))
    return [(fault.field, fault.message % fault.values) for fault in found]


def with_text(side, text):
    return {"texts": SOUND.texts | {side: text}}


def with_chance(name, value):
    return {"chances": SOUND.chances | {name: value}}


def test_a_sound_option_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("good", "bad", "is_equal"),
    [(7, 10, True), (6, 10, False), (14, 10, True), (15, 10, False), (0, 10, False)],
)
def test_benefit_and_harm_have_equal_detail(good, bad, is_equal):
    texts = {"benefit": "word " * good + "[S1]", "harm": "word " * bad + "[S1, S2]"}
    chances = dict.fromkeys(SOUND.chances, "")
    found = faults(texts=texts, chances=chances)
    assert (found == []) is is_equal
    if not is_equal:
        assert found[0][0] == "benefit"
        assert f"Words about the benefit: {good}." in found[0][1]


def test_a_figure_needs_a_source_in_its_text():
    [(field, message)] = faults(
        **with_text("benefit", "26 out of 100 people got better.")
    )
    assert (field, message[:13]) == ("benefit", "Give a source")


def test_the_text_says_each_figure():
    assert [f for f, _ in faults(**with_chance("benefit_without", "10-20"))] == [
        "benefit",
        "benefit",
    ]


def test_a_difference_has_no_second_figure():
    text = "26 more out of 100 than the 14 on a placebo [S1]."
    changes = with_text("benefit", text) | with_chance("benefit_without", "14")
    changes["texts"]["harm"] = "Some people had an itch from it for a day [S1]."
    assert [f for f, _ in faults(**changes, differences={"benefit"})] == [
        "benefit_without"
    ]


def test_a_rung_above_what_the_sources_bear_is_refused():
    [(field, message)] = faults(evidence=4)
    assert field == "evidence"
    assert "rung 3 at most" in message


def test_an_option_without_a_claim_needs_no_rung():
    assert faults(evidence=None, evidence_sources={}) == []


def test_promises_are_refused_in_every_text():
    assert faults(texts=SOUND.texts | {"cost": "A safe bargain."}) == [
        ("cost", "“safe” sounds like a promise. Say what was seen.")
    ]


@pytest.mark.parametrize(
    ("kinds", "rung"),
    [
        ([], 0),
        ([""], 0),
        (["regulator"], 0),
        (["laboratory"], 1),
        (["study", "study"], 2),
        (["trial", "regulator"], 3),
        (["trial", "trial"], 4),
        (["review"], 4),
        (["review", "regulator"], 5),
    ],
)
def test_kinds_of_sources_bear_a_rung(kinds, rung):
    assert highest_rung(kinds) == rung
