"""Claims about benefit say how much is known, and no more than their sources show."""

import pytest

from course.rules.claims import Claim, find_claim_faults

KINDS = {
    "S1": "review",
    "S2": "trial",
    "S3": "study",
    "S4": "laboratory",
    "S5": "regulator",
    "S6": "",
}


def reasons(text, rung=None):
    return [fault.reason for fault in find_claim_faults([Claim(text, rung)], KINDS)]


@pytest.mark.parametrize(
    "text",
    [
        "Small studies lean towards a gain [S1, rung 3].",
        "Hair was denser in one trial [S2, rung 3].",
        "All of them had denser hair [S3, rung 2].",
        "29 more out of 100 got better [S1, S5, rung 5].",
        "Nobody has shown that they turn into follicles [S6, rung 0].",
        # Not about a benefit, or nothing that could be rated.
        "Some people had bruises [S2].",
        "A company says that hair was denser [S6].",
        "A gain is what everybody hopes for.",
    ],
)
def test_a_claim_that_is_rated_as_its_sources_allow_is_sound(text):
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("text", "highest"),
    [
        ("Hair was denser [S2, rung 4].", 3),
        ("Hair was denser [S3, rung 3].", 2),
        ("It acts on cells [S4, rung 2].", 1),
        ("Hair was denser [S1, rung 5].", 4),
        ("A company says that hair was denser [S6, rung 1].", 0),
        # Each claim rests on its own sources.
        ("It gains [S1, rung 4]. It lasts [S3, rung 4].", 2),
    ],
)
def test_no_claim_stands_higher_than_its_sources(text, highest):
    assert reasons(text) == [f"The sources cited here support rung {highest} at most."]


@pytest.mark.parametrize(
    "text",
    [
        "Small studies lean towards a gain [S1].",
        "One group beat placebo [S2].",
        "People got better [S1]. Some did not.",
    ],
)
def test_a_claim_about_benefit_without_a_rung_is_named(text):
    [reason] = reasons(text)

    assert "Say how much is known" in reason


def test_a_rung_beside_the_text_counts_as_well():
    assert reasons("26 gained, 14 without [S1].", rung=4) == []
    assert reasons("26 gained, 14 without [S2].", rung=4)
