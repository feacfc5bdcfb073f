"""Keys survive an address; what is no key is left out."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from visit.rules.choosing import ticks_changed
from visit.rules.passing_on import MOST_QUESTIONS, read_keys, write_keys


@given(st.lists(st.uuids(), unique=True, max_size=MOST_QUESTIONS))
def test_keys_come_back_as_they_were(keys):
    assert read_keys(write_keys(keys)) == keys


@given(st.text(max_size=100))
def test_any_text_can_be_read(text):
    assert len(read_keys(text)) <= MOST_QUESTIONS


def test_what_was_cut_off_or_doubled_is_left_out():
    key = uuid.uuid4()
    text = write_keys([key, key, uuid.uuid4()])
    assert read_keys(text[:-1]) == [key]


def test_no_list_is_longer_than_a_list_may_be():
    keys = [uuid.uuid4() for _ in range(MOST_QUESTIONS + 1)]
    assert read_keys(write_keys(keys)) == keys[:MOST_QUESTIONS]


def test_what_another_tab_added_is_not_taken_off():
    shown, added_elsewhere, ticked = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    assert ticks_changed([shown], [shown, ticked]) == ([ticked], [])
    assert ticks_changed([shown], []) == ([], [shown])
    assert added_elsewhere not in ticks_changed([shown], [])[1]
