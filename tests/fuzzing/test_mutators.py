"""Mutators change what is inside a file, so that most inputs get past its container."""

import random

import pytest

from tests.fuzzing.mutators import MUTATORS, mutate_inside
from tests.fuzzing.readers import READERS, FuzzOutcome, seeds_of

INPUTS = 30
LONGEST = 8_192


@pytest.mark.parametrize("name", MUTATORS)
def test_half_of_what_was_changed_gets_past_the_container(name):
    whole = next(
        seed.read_bytes()
        for seed in reversed(seeds_of(name))
        if READERS[name].returns_or_refuses(seed.read_bytes())
    )
    chance = random.Random(1)  # noqa: S311 -- no secret
    inputs = {mutate_inside(name, whole, LONGEST, chance) for _input in range(INPUTS)}
    outcomes = [READERS[name].try_content(content) for content in inputs]
    inside = len(outcomes) - outcomes.count(FuzzOutcome.OUTSIDE)
    assert len(inputs) > INPUTS / 2
    assert inside > len(inputs) / 2


def test_an_input_does_not_become_too_long():
    whole = seeds_of("pack")[0].read_bytes()
    chance = random.Random(2)  # noqa: S311 -- no secret
    for _input in range(INPUTS):
        assert len(mutate_inside("pack", whole, len(whole), chance)) <= len(whole)
