import re

from hypothesis import assume, given
from hypothesis import strategies as st

from course.rules.free_names import free_name

names = st.text("ab-", min_size=1, max_size=12)


@given(names, st.sets(names), st.integers(6, 20))
def test_a_free_name_is_free_fits_its_field_and_begins_as_asked(base, taken, longest):
    found = free_name(base, taken, longest=longest)
    assert found not in taken
    assert len(found) <= longest
    begun = re.sub(r"-\d+$", "", found)
    assert base.startswith(begun)


@given(names, st.sets(names))
def test_a_name_that_nothing_has_stays_as_it_is(base, taken):
    assume(base not in taken)
    assert free_name(base, taken) == base


def test_names_that_are_taken_are_counted_up():
    taken: set[str] = set()
    for _ in range(4):
        taken.add(free_name("asthma", taken))
    assert taken == {"asthma", "asthma-2", "asthma-3", "asthma-4"}


def test_a_number_takes_its_room_from_the_name():
    assert free_name("a" * 300, {"a" * 80}) == "a" * 78 + "-2"
