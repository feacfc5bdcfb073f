"""Every reader reads or refuses its seeds: examples, and what fuzzing once found."""

import pytest

from tests.fuzzing.readers import READERS, SEEDS, seeds_of

ALL = [(name, seed) for name in READERS for seed in seeds_of(name)]


@pytest.mark.parametrize(
    ("name", "seed"), ALL, ids=[f"{name}/{seed.name}" for name, seed in ALL]
)
def test_a_seed_is_read_or_refused(name, seed):
    READERS[name].returns_or_refuses(seed.read_bytes())


@pytest.mark.parametrize("name", READERS)
def test_each_reader_reads_one_of_its_seeds(name):
    reader = READERS[name]
    assert any(reader.returns_or_refuses(seed.read_bytes()) for seed in seeds_of(name))


def test_there_is_no_folder_of_seeds_without_a_reader():
    assert {folder.name for folder in SEEDS.iterdir()} == set(READERS)
